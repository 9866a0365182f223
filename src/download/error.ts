/** What went wrong with a download; decides whether it is tried again and what the creator is told. */
export type DownloadErrorClass =
  | "expired"
  | "forbidden"
  | "gone"
  | "busy"
  | "server"
  | "network"
  | "untrusted"
  | "transfer"
  | "not-media"
  | "host-refused"
  | "disk"
  | "file"
  | "source"
  | "stopped";

/** What a download error carries beside its reason. */
interface DownloadErrorDetails {
  /** Host (and port) that was asked; null when it is not about a host. */
  host?: string | null;
  status?: number | null;
  /** How long the server asks us to wait; null when it does not say. */
  retryAfterMs?: number | null;
  /** Code of the system such as `ENOSPC`, for people who look closer. */
  system?: string | null;
}

/**
 * A download that failed. The message holds the host and a reason, never the path or the query of the
 * address, and there is no `cause`: the errors of the HTTP library carry the whole signed address.
 */
export class DownloadError extends Error {
  readonly class: DownloadErrorClass;
  /** The message without the host and the system's code. */
  readonly reason: string;
  readonly host: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(errorClass: DownloadErrorClass, reason: string, details: DownloadErrorDetails = {}) {
    const host = details.host ?? null;
    const system = details.system ? ` (${details.system})` : "";
    super(`${host === null ? "" : `${host}: `}${reason}${system}`);
    this.name = "DownloadError";
    this.class = errorClass;
    this.reason = reason;
    this.host = host;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** The error for a download that was told to stop. */
export function stoppedError(): DownloadError {
  return new DownloadError("stopped", "the download was stopped; the next run completes it");
}

/** What fails for one file fails for all of them. */
const diskReasons: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  EACCES: "the folder may not be written to",
  EPERM: "the folder may not be written to",
  EIO: "the disk has a fault",
};

/** What is wrong with this one file; the next one may be fine. */
const fileReasons: Record<string, string> = {
  EINVAL: "the disk refuses the name of the file",
  EILSEQ: "the disk refuses the name of the file",
  ENAMETOOLONG: "the name of the file is too long for the disk",
  EFBIG: "the disk takes no file of that size",
  EISDIR: "something of that name is in the way",
  ERR_FS_EISDIR: "something of that name is in the way",
  ENOTDIR: "something of that name is in the way",
  EEXIST: "something of that name is in the way",
  ENOTEMPTY: "something of that name is in the way",
  ELOOP: "something of that name is in the way",
};

/** Runs a piece of work on the disk; an error of the system becomes class `disk` or `file`, a bug stays a bug. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    const ofFile = fileReasons[code];
    if (ofFile !== undefined) throw new DownloadError("file", ofFile, { system: code });
    const reason = diskReasons[code] ?? "the file could not be written";
    throw new DownloadError("disk", reason, { system: code });
  }
}

/** The code of a system or network error such as `ENOSPC`; null for anything else. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code) ? error.code : null;
}
