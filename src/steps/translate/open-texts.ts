import { languagesOf } from "../../compose/language.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Post } from "../../core/post.ts";
import { byPerson } from "../../core/translation.ts";
import type { TranslationField, TranslationLanguage } from "../../core/translation.ts";
import { resolveKeys } from "../../store/aliases.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { allPosts } from "../../store/posts.ts";
import { translationsOf } from "../../store/translations.ts";
import type { StoredTranslation } from "../../store/translations.ts";
import { hasWords, protect, splitTags } from "../../text/protect.ts";
import { isPublic } from "../prepare.ts";

/** Which texts are meant. */
export interface TextWish {
  to: readonly TranslationLanguage[];
  /** Keys of posts; null is every public one. */
  posts: readonly string[] | null;
}

/** A text of a public post that a language is missing of, or has been. */
export interface OpenText {
  post: Post;
  field: TranslationField;
  source: string;
  to: TranslationLanguage;
  /** What the library has; null: nothing yet. */
  known: StoredTranslation | null;
  /** A person said it in the other Chinese script, which drafts turn into this one. */
  isTurned: boolean;
}

/** The texts of public posts that are not in these languages by themselves, in the order of the posts. */
export async function openTexts(
  transaction: StoreTransaction,
  wish: TextWish,
): Promise<OpenText[]> {
  const posts = await chosenPosts(transaction, wish.posts);
  const found: OpenText[] = [];
  for (const to of wish.to) {
    const texts = posts.flatMap((post) => textsOf(post).map((text) => ({ post, ...text })));
    const open = texts.filter(({ post, source }) => isMissing(source, post.language, to));
    const sources = open.map(({ source }) => source);
    const known = await translationsOf(transaction, sources, to);
    const others = await translationsOf(transaction, to === "en" ? [] : sources, otherScript(to));
    for (const text of open) {
      const own = known.get(text.source) ?? null;
      const isTurned = others.get(text.source)?.by === byPerson && own?.by !== byPerson;
      found.push({ ...text, to, known: own, isTurned });
    }
  }
  return found;
}

/** The words of a post that can be translated. */
export function textsOf(
  post: Pick<Post, "caption" | "title">,
): { field: TranslationField; source: string }[] {
  const texts = [
    { field: "caption", source: post.caption },
    { field: "title", source: post.title },
  ] as const;
  return texts.flatMap(({ field, source }) =>
    source === null || source.trim() === "" ? [] : [{ field, source }],
  );
}

function isMissing(source: string, told: string | null, to: TranslationLanguage): boolean {
  const stretches = protect(splitTags(source).words);
  if (!hasWords(stretches)) return false;
  const words = stretches.flatMap(({ text, kept }) => (kept ? [] : [text])).join(" ");
  return !languagesOf(words, told).has(to === "en" ? "en" : "zh");
}

function otherScript(to: TranslationLanguage): TranslationLanguage {
  return to === "zh-Hans" ? "zh-Hant" : "zh-Hans";
}

async function chosenPosts(
  transaction: StoreTransaction,
  named: readonly string[] | null,
): Promise<Post[]> {
  const posts = await allPosts(transaction);
  if (named === null) return [...posts.values()].filter(isPublic);
  return (await resolveKeys(transaction, named)).map((key) => {
    const post = posts.get(key);
    if (post !== undefined && isPublic(post)) return post;
    throw new ExpectedError({
      exit: "usage",
      code: post === undefined ? "no-such-post" : "not-public",
      what:
        post === undefined
          ? `There is no post ${key} in this library.`
          : `The post ${key} is not public, so its words stay here.`,
      fix: "Look into posts.csv: the first column holds the keys.",
    });
  });
}
