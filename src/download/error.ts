/** What went wrong with a download; decides whether it is tried again and what the creator is told. */
export type DownloadErrorClass =
  | "expired"
  | "forbidden"
  | "gone"
  | "busy"
  | "server"
  | "network"
  | "transfer"
  | "not-media"
  | "host-refused"
  | "disk"
  | "stopped";

/** What a download error carries beside its reason. */
interface DownloadErrorDetails {
  /** Host (and port) that was asked; null when it is not about a host. */
  host?: string | null;
  status?: number | null;
  /** How long the server asks us to wait; null when it does not say. */
  retryAfterMs?: number | null;
}

/**
 * A download that failed. The message holds the host and a reason, never the path or the query of the
 * address, and there is no `cause`: the errors of the HTTP library carry the whole signed address.
 */
export class DownloadError extends Error {
  readonly class: DownloadErrorClass;
  /** The message without the host. */
  readonly reason: string;
  readonly host: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(errorClass: DownloadErrorClass, reason: string, details: DownloadErrorDetails = {}) {
    const host = details.host ?? null;
    super(host === null ? reason : `${host}: ${reason}`);
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

const diskReasons: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  EACCES: "the folder may not be written to",
  EPERM: "the folder may not be written to",
};

/** Runs a piece of work on the disk; an error of the system becomes class `disk`, a bug stays a bug. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new DownloadError(
      "disk",
      `${diskReasons[code] ?? "the file could not be written"} (${code})`,
    );
  }
}

/** The code of a system or network error such as `ENOSPC`; null for anything else. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code) ? error.code : null;
}
