import { createHash } from "node:crypto";

import type { Bilingual } from "../core/destination.ts";
import { renderPage } from "./page-engine.ts";

/** One file of a draft's folder as the page shows it. */
export interface PackMedia {
  /** File name inside the folder. */
  file: string;
  kind: "video" | "photo";
  /** Place among the photos, from 1. */
  position: number;
}

/** Everything that the page of a draft's folder says. */
export interface PackPage {
  destinationTitle: string;
  destinationTitleZh: string;
  /** The account to post as, without sign; empty when the settings do not name it. */
  account: string;
  postKey: string;
  title: string;
  /** Exactly what is pasted, topics included. */
  body: string;
  /** Names without the sign. */
  topics: readonly string[];
  /** The topics as the place's web editor takes them; empty where it has none. */
  editorTopics: string;
  media: readonly PackMedia[];
  /** `important`: does harm when it is forgotten. */
  steps: readonly (Bilingual & { important: boolean })[];
  openApp: { address: string; fallback: string };
  /** What to type once the post is out. */
  confirmCommand: string;
  /** When the post came out on TikTok (ISO 8601), and its public page; null for one that was never there. */
  original: { date: string; url: string | null } | null;
  /** Things to know before posting. */
  notes: readonly Bilingual[];
  /** Which language comes first; one alone leaves the other out. */
  languages: readonly ("en" | "zh")[];
  /** When it is to go out, in words; left out where the page does not say. */
  due?: Bilingual;
  /** Relative address of the list of all packs; left out where there is none. */
  list?: string;
}

/** Makes the page of a draft's folder; it works from the disk, without network, server or script. */
export function renderPackPage(template: string, pack: PackPage): string {
  // Browsers hash scripts and styles after turning line ends into \n.
  const source = template.replaceAll(/\r\n?/g, "\n");
  return renderPage("handoff.liquid", source, viewOf(pack, policyOf(source)));
}

/**
 * Allows the scripts and styles that the template itself holds, by their hashes, and files beside the
 * page. Text of a post can never become one of them, even if a restyled template forgot to escape it.
 */
export function policyOf(template: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashes(template, "script")}`,
    `style-src ${hashes(template, "style")}`,
    "img-src 'self' file:",
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashes(template: string, tag: "script" | "style"): string {
  const blocks = template.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"));
  const allowed = [...blocks].map(
    ([, text]) =>
      `'sha256-${createHash("sha256")
        .update(text ?? "")
        .digest("base64")}'`,
  );
  return allowed.length === 0 ? "'none'" : allowed.join(" ");
}

function viewOf(pack: PackPage, policy: string): object {
  const photos = pack.media.filter((each) => each.kind === "photo");
  return {
    ...pack,
    policy,
    due: pack.due ?? null,
    list: pack.list ?? "",
    first: pack.languages[0] ?? "en",
    order: pack.languages.join("-"),
    titleRows: rowsOf(pack.title, 1),
    bodyRows: rowsOf(pack.body, 4),
    editorRows: rowsOf(pack.editorTopics, 1),
    photoCount: photos.length,
    media: pack.media
      .toSorted((one, other) => one.position - other.position)
      .map((each) => ({ ...each, address: encodeURIComponent(each.file) })),
    openApp: {
      address: linkOf(pack.openApp.address, /^[a-z][a-z0-9+.-]*:\/\//i),
      fallback: linkOf(pack.openApp.fallback, /^https?:\/\//i),
    },
    original: {
      date: pack.original?.date.slice(0, 10) ?? "",
      url: linkOf(pack.original?.url ?? "", /^https?:\/\//i),
    },
  };
}

/** The address, or nothing when it is not of the kind that may stand in a link of a page. */
export function linkOf(address: string, shape: RegExp): string {
  return shape.test(address) && !/^(javascript|data|vbscript):/i.test(address) ? address : "";
}

/** Rows that show the text whole on a phone, for browsers that cannot grow a field by themselves. */
export function rowsOf(text: string, least: number): number {
  const rows = text.split("\n").map((line) => Math.max(1, Math.ceil(line.length / 36)));
  return Math.max(
    least,
    rows.reduce((sum, each) => sum + each, 0),
  );
}
