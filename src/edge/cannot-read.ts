import { ExpectedError } from "../core/error.ts";

/** The error (exit `input`) for a file or folder that is not there, or that may not be read. */
export function cannotRead(kind: "file" | "folder", path: string, cause: unknown): ExpectedError {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  const [what, fix] = missing
    ? [`There is no ${kind} ${path}.`, "Check the name and where it lies."]
    : [
        `The ${kind} ${path} cannot be read.`,
        `Check that it is a ${kind} and that you may read it.`,
      ];
  const code = missing ? "input-missing" : "input-unreadable";
  return new ExpectedError({ exit: "input", code, what, fix }, { cause });
}
