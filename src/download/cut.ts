import { open, type FileHandle } from "node:fs/promises";

/**
 * True when a file stops before its own end, as far as its format tells. Asked only where the server
 * announced no length: then a broken line looks just like the end of the file.
 */
export async function seemsCut(path: string, bytes: number, ending: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    if (["mp4", "mov", "3gp", "avif", "heic"].includes(ending))
      return await boxesRunOver(file, bytes);
    if (ending === "jpg") return !(await tail(file, bytes, 64)).includes(Buffer.from([0xff, 0xd9]));
    if (ending === "png") return !(await tail(file, bytes, 64)).includes("IEND");
    if (ending === "webp") return (await read(file, 4, 4)).readUInt32LE(0) + 8 > bytes;
    return false;
  } finally {
    await file.close();
  }
}

/** Walks the outermost boxes of an ISO media file: size, four letters, and where the size is 1 a long size. */
async function boxesRunOver(file: FileHandle, bytes: number): Promise<boolean> {
  let at = 0;
  while (at < bytes) {
    if (at + 8 > bytes) return true;
    const size = (await read(file, at, 4)).readUInt32BE(0);
    // Size 0: this box reaches to the end of the file, wherever that is.
    if (size === 0) return false;
    if (size === 1 && at + 16 > bytes) return true;
    const whole = size === 1 ? Number((await read(file, at + 8, 8)).readBigUInt64BE(0)) : size;
    // A box shorter than its head is damage of another kind, not an early end.
    if (whole < 8) return false;
    at += whole;
  }
  return at > bytes;
}

function tail(file: FileHandle, bytes: number, count: number): Promise<Buffer> {
  return read(file, Math.max(0, bytes - count), Math.min(count, bytes));
}

async function read(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(count), 0, count, at);
  return buffer;
}
