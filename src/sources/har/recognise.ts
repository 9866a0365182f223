import { firstBytes } from "../../edge/file-start.ts";

/** True for JSON whose first key is `log`, whatever its name: some systems take the ending away. */
export async function startsLikeHar(path: string): Promise<boolean> {
  const start = await firstBytes(path, 256).catch(() => Buffer.alloc(0));
  return /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(start.toString("utf8"));
}
