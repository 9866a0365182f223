import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Absolute path of the folder in which this system keeps what belongs to this computer and not to a library,
 * such as sign-ins. It may not exist yet.
 */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const home = environment["HOME"] ?? homedir();
  if (platform === "win32") {
    return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "findmehere");
  }
  if (platform === "darwin") return join(home, "Library", "Application Support", "findmehere");
  // The XDG rules say that a relative path there is to be ignored.
  const given = environment["XDG_STATE_HOME"] ?? "";
  return join(given.startsWith("/") ? given : join(home, ".local", "state"), "findmehere");
}
