/** One file of an input: the input itself, or one inside its zip or folder. */
export interface InputFile {
  /** The input as it was handed over. */
  input: string;
  /** Path inside the zip or folder with `/`; empty for the input itself. */
  name: string;
  /** Reads it from the start; a piece is valid until the next one is asked for. Throws ExpectedError (exit `input`) when that fails. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** An input that lies open. */
export interface OpenInput {
  path: string;
  files: InputFile[];
  close(): void;
}

/** Names the file for people; strange signs in a name are not printed. */
export function fileTitle({ input, name }: Pick<InputFile, "input" | "name">): string {
  return name === "" ? input : `${printable(name)} in ${input}`;
}

/** A name without signs that steer a terminal, and no longer than a line. */
export function printable(name: string): string {
  const clean = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
  return clean.length > 120 ? `${clean.slice(0, 117)}...` : clean;
}

/** The last part of a path inside a zip or folder. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Files that the system of a computer adds: `__MACOSX`, `._` twins, hidden files. */
export function isSystemFile(name: string): boolean {
  return name.split("/").some((part) => part === "__MACOSX" || part.startsWith("."));
}
