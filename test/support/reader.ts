import { spawn } from "node:child_process";
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));

/** What a reader's command came to. */
export interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** Whose library is read. */
interface ReadPlace {
  folder: string;
  library: string;
  environment: Record<string, string>;
}

/** Runs a command as somebody who may only read the library. */
export async function asReader(
  { folder, library, environment }: ReadPlace,
  words: readonly string[],
): Promise<Ended> {
  const paths = [
    library,
    ...readdirSync(library, { recursive: true, encoding: "utf8" }).map((name) =>
      join(library, name),
    ),
  ];
  const modes = paths.map((path) => [path, statSync(path).mode] as const);
  for (const [path, mode] of modes) chmodSync(path, mode & 0o040000 ? 0o555 : 0o444);
  chmodSync(folder, 0o755);
  // Root may write anything whatever the modes say, so it reads as the system's user who owns nothing.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [bin, ...words, "--library", library], {
        ...nobody,
        cwd: folder,
        env: {
          ...process.env,
          ...environment,
          ...{ HOME: folder, NO_COLOR: "1" },
          ...{ FINDMEHERE_NOW: "2026-10-05T08:00:00Z", FINDMEHERE_TEST: "1" },
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended: Ended = { code: null, out: "", error: "" };
      child.stdout.on("data", (chunk: Buffer) => (ended.out += chunk.toString("utf8")));
      child.stderr.on("data", (chunk: Buffer) => (ended.error += chunk.toString("utf8")));
      child.on("error", reject);
      child.on("close", (code) => resolve({ ...ended, code }));
    });
  } finally {
    for (const [path, mode] of modes) chmodSync(path, mode);
  }
}
