import type { Bilingual } from "../core/destination.ts";
import { linkOf, rowsOf } from "../library/pack-page.ts";
import { renderPage } from "../library/page-engine.ts";
import { readTemplate } from "../library/templates.ts";
import type { PublicationState } from "../core/publication.ts";
import type { StoredPublication } from "../store/publications.ts";
import type { PhonePack } from "../steps/phone/packs.ts";
import { badgeOf, momentWords, standingWords } from "./words.ts";
import type { Told } from "./words.ts";

/** A language of the pages. */
export type PageLanguage = "en" | "zh";

/** The templates of the phone's pages, and the looks and the script that they share. */
export interface PageTemplates {
  index: string;
  post: string;
  notice: string;
  style: string;
  script: string;
}

/** Reads the templates; a creator's own win. */
export async function readPages(root: string): Promise<PageTemplates> {
  const read = (name: string) => readTemplate(root, `pages/${name}`);
  return {
    index: await read("phone-index.liquid"),
    post: await read("phone-post.liquid"),
    notice: await read("phone-notice.liquid"),
    style: await read("phone.css"),
    script: await read("phone.js"),
  };
}

/** A file as a page shows it. */
export interface ShownFile {
  kind: "video" | "photo" | "cover";
  /** Place among the files of its post, from 1; its address is made of it. */
  index: number;
  /** Place among the photos, from 1. */
  number: number;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** One pack as the pages show it, and where its publication stands now. */
export interface ShownPack {
  /** From 1; its address is made of it. */
  number: number;
  pack: PhonePack;
  files: readonly ShownFile[];
  publication: StoredPublication;
}

/** What every page needs. */
export interface PageContext {
  templates: PageTemplates;
  language: PageLanguage;
  /** For the scripts and styles of this answer alone. */
  nonce: string;
  /** The token of this page's forms; empty where it has none. */
  form: string;
  zone: string;
  /** ISO 8601 UTC, by the calendar. */
  now: string;
}

/** The list of what is there. */
export function indexPage(
  context: PageContext,
  packs: readonly ShownPack[],
  about: { until: Bilingual; encrypted: boolean },
): string {
  const posts = packs.map((each) => rowOf(each, context));
  const later = posts.filter(({ state }) => state === "queued");
  const ready = posts.filter(({ state }) => state === "handed-off");
  const done = posts.filter(({ state }) => !isOpen(state));
  const groups = [
    { title: { en: "Ready now", zh: "现在可以发布" }, posts: ready },
    { title: { en: "Later: each has its day", zh: "之后：各有日期" }, posts: later },
    { title: { en: "Done", zh: "已处理" }, posts: done },
  ].filter((group) => group.posts.length > 0);
  const counts = { readyCount: ready.length, laterCount: later.length };
  const view = { ...shared(context), ...about, groups, ...counts };
  return renderPage("phone-index.liquid", context.templates.index, view);
}

/** True for what is still to be posted. */
export function isOpen(state: PublicationState): boolean {
  return state === "handed-off" || state === "queued";
}

function rowOf({ number, pack, files, publication }: ShownPack, context: PageContext) {
  const { destination, account, draft } = pack;
  const photos = files.filter(({ kind }) => kind === "photo").length;
  const isVideo = files.some(({ kind }) => kind === "video");
  const thumb =
    files.find(({ kind }) => kind === "cover") ?? files.find(({ kind }) => kind === "photo");
  const what = isVideo
    ? { en: "Video", zh: "视频" }
    : photos === 0
      ? { en: "Your own photo", zh: "自选照片" }
      : { en: photos === 1 ? "1 photo" : `${photos} photos`, zh: `${photos} 张照片` };
  const slot = slotOf(publication, context);
  return {
    ...{ number, account, state: publication.state },
    destination: { en: destination.title, zh: destination.titleZh },
    title: draft.title || (draft.body.trim().split("\n")[0] ?? "") || draft.post,
    kind: isVideo ? "video" : "photos",
    thumb: thumb === undefined ? "" : `${number}/file/${thumb.index}`,
    badge: badgeOf(publication.state),
    what: slot === null ? what : { en: `${slot.en} · ${what.en}`, zh: `${slot.zh} · ${what.zh}` },
  };
}

/** The page of one post. `told`: what just came of a form; null: where it stands. */
export function postPage(
  context: PageContext,
  { number, pack, files, publication }: ShownPack,
  about: { next: number | null; told: Told | null; pasted: string; until: Bilingual },
): string {
  const { destination, account, draft, steps, notes, date } = pack;
  const { state, url } = publication;
  const photos = files.filter((file) => file.kind === "photo").map(fileView);
  const one = (wanted: ShownFile["kind"]) => {
    const found = files.find((file) => file.kind === wanted);
    return found === undefined ? null : fileView(found);
  };
  const video = one("video");
  const words = draft.title !== "" || draft.body !== "";
  const copyPart = video !== null || photos.length > 0 ? 2 : 1;
  const view = {
    ...{
      ...shared(context),
      number,
      account,
      notes,
      steps,
      video,
      photos,
      photoCount: photos.length,
    },
    destination: { en: destination.title, zh: destination.titleZh },
    cover: video === null ? null : one("cover"),
    told: about.told ?? standingWords(state, slotOf(publication, context)),
    url: state === "live" ? linkOf(url ?? "", /^https:\/\//i) : "",
    ...{ title: draft.title, body: draft.body, topics: draft.topics, pasted: about.pasted },
    ...{ titleRows: rowsOf(draft.title, 1), bodyRows: rowsOf(draft.body, 4) },
    ...{ copyPart, postPart: copyPart + Number(words), afterPart: copyPart + Number(words) + 1 },
    openApp: {
      address: linkOf(destination.handoff.openApp.address, /^[a-z][a-z0-9+.-]*:\/\//i),
      fallback: linkOf(destination.handoff.openApp.fallback, /^https:\/\//i),
    },
    mayPaste: isOpen(state) || state === "submitted",
    isOpen: isOpen(state),
    mayPutOff: state === "handed-off",
    until: about.until,
    next: about.next,
    ...{ date: date?.slice(0, 10) ?? "", postKey: draft.post },
  };
  return renderPage("phone-post.liquid", context.templates.post, view);
}

/** A single sentence: it is over, or that is not here. `back`: address of the list; empty: there is no way back. */
export function noticePage(
  context: PageContext,
  view: { title: Bilingual; text: Bilingual; back: string },
): string {
  return renderPage("phone-notice.liquid", context.templates.notice, {
    ...shared(context),
    ...view,
  });
}

function shared({ templates, language, nonce, form }: PageContext) {
  const { style, script } = templates;
  const otherLanguage = language === "en" ? "zh" : "en";
  return { style, script, language, otherLanguage, nonce, form };
}

function fileView({ index, number, name, type, size }: ShownFile) {
  return { address: `file/${index}`, number, name, type, size };
}

function slotOf({ state, due }: StoredPublication, { zone, now }: PageContext): Bilingual | null {
  const isAhead = state === "queued" && due !== null && due > now;
  return isAhead ? momentWords(due, zone) : null;
}
