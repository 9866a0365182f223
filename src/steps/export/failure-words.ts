import type { ProblemCode } from "../../core/problem.ts";
import type { DownloadError, DownloadErrorClass } from "../../download/error.ts";
import { timeLeft } from "./time-left.ts";

/** What a creator is told of a file that could not be fetched. */
export interface FailureWords {
  code: ProblemCode;
  why: string;
  /** The next thing to do. */
  fix: string;
}

const newArchive = "Ask TikTok for a new archive and type `findmehere export NEW-ARCHIVE.zip`.";
/** Also for a record of the page: the same record has the same dead links. */
export const newLinks =
  "Your page gives new links: type `findmehere export @YOUR-HANDLE`. It completes this library.";
const again = "type the same command again; it goes on where it stopped.";

/** The words by class; where `why` is null the finding itself says it best. */
const words: Record<
  Exclude<DownloadErrorClass, "stopped">,
  { code: ProblemCode; why: string | null; fix: string }
> = {
  expired: { code: "links-expired", why: "the link in the archive has died", fix: newArchive },
  forbidden: {
    code: "download-failed",
    why: "the server refused it (403); the link may have died early",
    fix: newArchive,
  },
  gone: {
    code: "file-gone",
    why: "the server no longer has it",
    fix: "Ask TikTok for a new archive; if it is gone there too, only your phone may still have it.",
  },
  busy: {
    code: "download-failed",
    why: "the server asked to slow down",
    fix: "Type the same command again in an hour; it goes on where it stopped.",
  },
  server: {
    code: "download-failed",
    why: "the server had a fault",
    fix: "Type the same command again later; it goes on where it stopped.",
  },
  network: {
    code: "download-failed",
    why: null,
    fix: `Look at your internet connection and ${again}`,
  },
  untrusted: {
    code: "download-failed",
    why: null,
    fix: `Look whether this computer's date is right, and whether a network's sign-in page, a virus scanner or a proxy stands in between; then ${again}`,
  },
  transfer: {
    code: "download-failed",
    why: "the file did not arrive whole",
    fix: "Type the same command again; it goes on where it stopped.",
  },
  "not-media": {
    code: "not-media",
    why: null,
    fix: "Type the same command again later; if it stays, ask TikTok for a new archive.",
  },
  "host-refused": {
    code: "host-refused",
    why: "its address is not on a known TikTok media host",
    fix: "If you trust that host, add it: `findmehere config set network.allowHosts HOST`.",
  },
  disk: {
    code: "download-failed",
    why: null,
    fix: `Make room on the disk, and see that you may write to it; then ${again}`,
  },
  source: {
    code: "copy-failed",
    why: null,
    fix: `See that the file is there and may be read, then ${again}`,
  },
  file: {
    code: "download-failed",
    why: null,
    fix: "Look at that post's folder. If it stays so, copy the library to another disk and name it with --library.",
  },
};

/** A page makes its addresses anew for whoever opens it. */
const fromPage: Partial<Record<DownloadErrorClass, { why: string; fix: string }>> = {
  expired: {
    why: "its link has died",
    fix: newLinks,
  },
  forbidden: {
    why: "the server refused it (403)",
    fix: newLinks,
  },
};

/** What to say of a download that failed; `ofPage` when its address came from the creator's own page. */
export function failureWords(error: DownloadError, ofPage = false): FailureWords {
  const { code, why, fix } = {
    ...words[error.class as Exclude<DownloadErrorClass, "stopped">],
    ...(ofPage ? fromPage[error.class] : {}),
  };
  const pause = error.class === "busy" ? (error.retryAfterMs ?? 0) : 0;
  return {
    code,
    why: why ?? error.reason,
    // A server that names a long pause knows better than we do.
    fix: pause > 7_200_000 ? fix.replace("in an hour", `in ${timeLeft(pause + 3_600_000)}`) : fix,
  };
}
