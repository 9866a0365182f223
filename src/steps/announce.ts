import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { announcementFacts } from "../announce/facts.ts";
import { parseNiches } from "../announce/lists.ts";
import { announcementSurfaces } from "../announce/surfaces.ts";
import type { AnnouncementLanguage, AnnouncementTone } from "../announce/surfaces.ts";
import { renderTexts } from "../announce/texts.ts";
import type { AnnouncementText } from "../announce/texts.ts";
import { checkTexts } from "../compose/check.ts";
import { lintDraft } from "../compose/lint-draft.ts";
import type { Clock } from "../core/clock.ts";
import type { Creator } from "../core/creator.ts";
import type { Destination } from "../core/destination.ts";
import type { Draft } from "../core/draft.ts";
import type { Step } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { draftFolder, libraryNames } from "../library/layout.ts";
import { readTemplate, readTemplates } from "../library/templates.ts";
import { localDay } from "../queue/local.ts";
import type { Store } from "../store/open.ts";
import { allPosts } from "../store/posts.ts";
import type { LintRule } from "../text/lint-table.ts";
import { keepDraft } from "./drafts/keep.ts";
import { wordRules } from "./drafts/lint-rules.ts";
import { draftRecord, isPublic } from "./prepare.ts";

/** Key of the introduction; it stands at the head of every destination's queue. */
export const helloKey = "hello";

/** What announcing needs. */
export interface AnnounceRequest {
  root: string;
  store: Store;
  clock: Clock;
  creator: Creator;
  tone: AnnouncementTone;
  languages: readonly AnnouncementLanguage[];
  destinations: readonly Destination[];
  /** The account on each destination, by id; may be empty. */
  accounts: ReadonlyMap<string, string>;
}

/** Writes the announcement's texts and the drafts that introduce the creator on each destination. */
export async function* announce(request: AnnounceRequest): Step {
  const { root, store, creator } = request;
  const lists = parseNiches(await readTemplate(root, "niches.json"));
  const posts = await store.transaction(allPosts);
  const first = [...posts.values()].find(isPublic);
  const now = new Date(request.clock.calendar());
  const facts = announcementFacts({
    creator,
    lists,
    day: localDay(now.getTime(), creator.timeZone),
    sinceYear: first === undefined ? undefined : Number(first.date.slice(0, 4)),
  });
  for (const { setting, value, missing } of facts.unknown) {
    yield problem(
      "text-not-written",
      `${setting} is “${value}”, and its ${missing} is not known, so ${missing} texts leave it out.`,
      `Give both: \`findmehere config set ${setting} "english | 中文"\`, or choose a word of \`findmehere init --list\`.`,
    );
  }
  const { texts, notWritten, problems } = renderTexts({
    templates: await readTemplates(root, "announcement"),
    facts,
    tone: request.tone,
    languages: request.languages,
  });
  yield* problems;
  const folder = `${libraryNames.announcement}/texts`;
  await mkdir(join(root, folder), { recursive: true });
  for (const text of texts) {
    const files = await writeText(root, folder, text);
    yield { type: "text", surface: text.surface, language: text.language, files };
  }
  for (const { id } of announcementSurfaces) {
    for (const language of request.languages) {
      if (texts.some((text) => text.surface === id && text.language === language)) continue;
      // What an earlier run wrote may not be true any more, whatever kept this one from writing it.
      for (const file of textFiles(folder, id, language))
        await rm(join(root, file), { force: true });
    }
  }
  const rules = await wordRules(root);
  for (const text of texts) {
    const inDraft = helloOf(text.surface, texts);
    if (text !== inDraft) yield* lintOther(text, request.destinations, rules);
  }
  let hellos = 0;
  for (const surface of announcementSurfaces) {
    const { introduces } = surface;
    const destination = request.destinations.find(({ id }) => id === introduces?.destination);
    const text = helloOf(surface.id, texts);
    if (destination === undefined || text === undefined) continue;
    const draft = helloDraft(text, destination, rules);
    const kept = await keepDraft(
      {
        draft,
        folder: draftFolder(destination.id, now.toISOString(), helloKey),
        media: [],
      },
      {
        root,
        store,
        destination,
        account: request.accounts.get(destination.id) ?? "",
        now: now.toISOString(),
        force: false,
      },
    );
    hellos += 1;
    yield* kept.draft.problems;
    yield draftRecord(kept.draft);
  }
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "announce",
      schemaVersion: 1,
      written: texts.length,
      notWritten: notWritten.length,
      hellos,
      folder,
    },
  };
}

/** The text of a surface that becomes the first draft of its destination: the first of its languages that was written. */
function helloOf(
  surface: string,
  texts: readonly AnnouncementText[],
): AnnouncementText | undefined {
  return announcementSurfaces
    .find(({ id }) => id === surface)
    ?.introduces?.languages.map((language) =>
      texts.find((each) => each.surface === surface && each.language === language),
    )
    .find((text) => text !== undefined);
}

/**
 * What is wrong with the words of a text that is pasted on a destination or on TikTok and is no draft. Such a
 * surface is named after its place.
 */
function lintOther(
  text: AnnouncementText,
  destinations: readonly Destination[],
  rules: readonly LintRule[],
): Problem[] {
  const surface = announcementSurfaces.find(({ id }) => id === text.surface);
  const places = [...destinations, { id: "tiktok" }];
  const place = places.find(({ id }) => text.surface.startsWith(`${id}-`));
  if (surface === undefined || place === undefined) return [];
  const words = { title: text.title ?? "", body: text.full };
  // A text that is there to name other places may name them.
  const counting = surface.contacts
    ? rules.filter(({ category }) => category !== "platform")
    : rules;
  return lintDraft(place, words, counting).map((each) => ({
    ...each,
    message: `${surface.label} (${text.language}): ${each.message}`,
    // It is no draft, so nothing is held for it.
    severity: each.severity === "stop" ? "warn" : each.severity,
  }));
}

function helloDraft(
  text: AnnouncementText,
  destination: Destination,
  rules: readonly LintRule[],
): Draft {
  const title = text.title ?? "";
  const words = { title, body: text.full, topics: text.topics };
  const problems = checkTexts(destination, {
    ...words,
    photoCount: 0,
    hasMedia: true,
    post: helloKey,
  });
  problems.push(...lintDraft(destination, { ...words, post: helloKey }, rules));
  if (destination.needsMedia) {
    problems.push(
      problem(
        "choose-media",
        `${destination.title} takes no post without a picture. Choose one on the phone: you, your work, your pet.`,
        "",
        { post: helloKey, to: destination.id },
      ),
    );
  }
  return {
    type: "draft",
    post: helloKey,
    to: destination.id,
    ...words,
    dropped: [],
    media: [],
    edited: false,
    problems,
  };
}

async function writeText(root: string, folder: string, text: AnnouncementText): Promise<string[]> {
  const [titleFile = "", textFile = ""] = textFiles(folder, text.surface, text.language);
  await writeFileAtomic(join(root, textFile), text.full);
  if (text.title === null) return [textFile];
  await writeFileAtomic(join(root, titleFile), text.title);
  return [titleFile, textFile];
}

/** Where the title and the text of a surface lie, from the library's root. */
function textFiles(folder: string, surface: string, language: string): string[] {
  const name = `${folder}/${surface}.${language}`;
  return [`${name}.title.txt`, `${name}.txt`];
}
