import { z } from "zod";
import { webText, wordsOf } from "./web-value.ts";

const Item = z.object({
  // Older pages write the handle here and its parts beside it.
  author: z
    .union([z.string(), z.object({ uniqueId: webText, secUid: webText, nickname: webText })])
    .nullish()
    .catch(null),
  authorSecId: webText,
  nickname: webText,
});

/** Who made an item. */
export interface WebAuthor {
  /** Without sign. */
  handle: string | null;
  /** TikTok's stable id of the account, which a new handle does not change. */
  secUid: string | null;
  /** The name that is shown. */
  name?: string | null;
}

/** Who made an item; nulls where it does not say (an item may lack its author, 2025). */
export function webItemAuthor(item: unknown): WebAuthor {
  const { author, authorSecId, nickname } = Item.safeParse(item).data ?? {};
  if (typeof author === "string" || author == null) {
    return {
      handle: handleOf(author),
      secUid: wordsOf(authorSecId),
      name: wordsOf(nickname),
    };
  }
  return {
    handle: handleOf(author.uniqueId),
    secUid: wordsOf(author.secUid),
    name: wordsOf(author.nickname),
  };
}

/** True or false where the item says whose it is, null where it does not. */
export function isItemOf(item: unknown, owner: WebAuthor): boolean | null {
  const author = webItemAuthor(item);
  // The handle may have changed since, the account's id never does.
  if (author.secUid !== null && owner.secUid !== null) return author.secUid === owner.secUid;
  if (author.handle === null || owner.handle === null) return null;
  return author.handle.toLowerCase() === owner.handle.toLowerCase();
}

function handleOf(text: string | null | undefined): string | null {
  const handle = (text ?? "").replace(/^@/, "");
  return /^[\w.]{1,64}$/.test(handle) && handle !== "_" ? handle : null;
}
