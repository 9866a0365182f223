import { spawn } from "node:child_process";
import { once } from "node:events";

/** A screen for the windows of one test. */
export interface Screen {
  /** What a program needs in its environment to find it. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts a screen that nobody sees; where the system has its own, that one serves. */
export async function startScreen(): Promise<Screen> {
  if (process.platform !== "linux") return { environment: {}, stop: async () => undefined };
  const words = ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"];
  const server = spawn("Xvfb", words, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(server, "exit");
  let said = "";
  for await (const chunk of server.stdout) {
    said += String(chunk);
    if (said.includes("\n")) break;
  }
  if (!/^\d+\s/.test(said)) throw new Error("Xvfb does not start");
  return {
    environment: { DISPLAY: `:${said.trim()}` },
    async stop() {
      server.kill();
      await ended;
    },
  };
}
