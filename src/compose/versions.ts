import { layoutLanguages } from "../core/layout.ts";
import type { BodyLayout, ReadLanguage } from "../core/layout.ts";
import { languagesOf } from "./language.ts";

/** Words of a post in the languages that there are. */
export interface Wording {
  /** As the author wrote it; null when there is none. */
  own: string | null;
  /** Without tags, handles and addresses: what its language is told by. */
  plain: string;
  /** What was supplied, by language. */
  translated: ReadonlyMap<ReadLanguage, string>;
}

/** A text of a post, and whether a translator or a person supplied it. */
export interface Version {
  text: string;
  language: ReadLanguage | null;
  translated: boolean;
}

/** What a draft is made from. */
export interface Versions {
  /** Texts for the title, the best one first. */
  titles: Version[];
  /** Texts of the body, in their order. */
  blocks: Version[];
  /** Languages of the layout that nobody supplied. */
  missing: ReadLanguage[];
}

/** What the versions are chosen from. */
export interface VersionsInput {
  caption: Wording;
  /** The title that a photo post has beside its caption. */
  title: Wording;
  layout: BodyLayout;
  /** What the destination's readers read; the title is in it where the layout has it. */
  readers: ReadLanguage;
  /** What TikTok calls the language of the caption; null when it does not say. */
  told: string | null;
}

/**
 * Chooses the texts of a draft: what was supplied in a language, else the post's own words where they are in
 * it. Own words in a third language take the place of the one that is missing; nothing is said twice.
 */
export function chooseVersions(input: VersionsInput): Versions {
  const { caption, title, told } = input;
  const wanted = layoutLanguages(input.layout);
  const languages = languagesOf(caption.plain, told);
  const bodyIn = versionsOf(caption, languages);
  const titleIn = versionsOf(title, languagesOf(title.plain, told));
  const hasWords = /\p{L}/u.test(caption.plain);
  const said = hasWords ? bodyIn : titleIn;
  const anyWords = hasWords || /\p{L}/u.test(title.plain);
  const missing = anyWords ? wanted.filter((language) => said[language] === null) : [];

  const own = ownVersion(caption);
  const slots: (Version | null)[] = wanted.map((language) => bodyIn[language]);
  const isSaid = slots.some((slot) => slot?.text === caption.own);
  // A third language may stand beside a translation; English has no place in what is to be Chinese only.
  const isThird = languages.size === 0;
  const isEmpty = !slots.some((slot) => slot !== null);
  const gap = slots.indexOf(null);
  if (own !== null && !isSaid && gap !== -1 && (isThird || isEmpty)) slots[gap] = own;
  const blocks = slots.filter((slot) => slot !== null);

  const first = wanted.includes(input.readers) ? input.readers : (wanted[0] ?? input.readers);
  const titles = [titleIn[first], bodyIn[first], ownVersion(title), own];
  return {
    titles: unique(titles.filter((each) => each !== null)),
    blocks: unique(blocks),
    missing,
  };
}

/** The words by language; what was supplied wins over the post's own. */
function versionsOf(
  { own, translated }: Wording,
  languages: ReadonlySet<ReadLanguage>,
): Record<ReadLanguage, Version | null> {
  const versionIn = (language: ReadLanguage): Version | null => {
    if (own === null) return null;
    const text = translated.get(language) ?? "";
    if (text.trim() !== "") return { text, language, translated: true };
    return languages.has(language) ? { text: own, language, translated: false } : null;
  };
  return { zh: versionIn("zh"), en: versionIn("en") };
}

function ownVersion({ own }: Wording): Version | null {
  return own === null ? null : { text: own, language: null, translated: false };
}

function unique(versions: readonly Version[]): Version[] {
  return versions.length < 2
    ? [...versions]
    : versions.filter(
        (each, index) => versions.findIndex(({ text }) => text === each.text) === index,
      );
}
