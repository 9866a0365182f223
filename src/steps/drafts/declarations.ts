import type { Bilingual } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import type { Post } from "../../core/post.ts";

/** What of a draft's problems the creator has to know on the phone, in both languages. */
const words: Readonly<Record<string, Bilingual>> = {
  "ai-content": {
    en: "You declared this as made with AI on TikTok: tick that here too.",
    zh: "你在 TikTok 上声明过含 AI 生成内容，这里也要勾选声明。",
  },
  "paid-partnership": {
    en: "You declared this as advertising on TikTok: tick that here too.",
    zh: "你在 TikTok 上声明过这是广告合作，这里也要勾选声明。",
  },
  "licensed-sound": {
    en: "The sound is not your own. If it is muted there, choose one in the app.",
    zh: "配乐不是你的原创。如果被静音，请在应用里另选音乐。",
  },
  "others-work": {
    en: "It shows somebody else's work. Post it only if they allow it.",
    zh: "内容含有他人的作品，请先征得对方同意再发布。",
  },
  "choose-media": {
    en: "Choose a photo for this post yourself: you, your work or your pet.",
    zh: "请自己选一张照片：你自己、你的作品或你的宠物都可以。",
  },
};

/** What is ticked in the app, by the problem that says so. */
const ticks: readonly (readonly [string, Bilingual])[] = [
  ["ai-content", { en: "made with AI", zh: "含 AI 生成内容" }],
  ["paid-partnership", { en: "advertising", zh: "广告合作" }],
];

const notPublic: Bilingual = {
  en: "On TikTok this post is not public. Here everybody will see it.",
  zh: "这条内容在 TikTok 上并未公开，在这里发布后所有人都能看到。",
};

/** Things to know or to declare before this post goes out. */
export function declarationsOf(draft: Pick<Draft, "problems">, post: Post | null): Bilingual[] {
  const notes = [...codesOf(draft, post)].flatMap((code) => words[code] ?? []);
  const isPublic = post === null || post.visibility === "public";
  return isPublic ? notes : [notPublic, ...notes];
}

/** The step that says what to tick; null where nothing of the post asks for it. */
export function tickStep(draft: Pick<Draft, "problems">, post: Post | null): Bilingual | null {
  const codes = codesOf(draft, post);
  const wanted = ticks.flatMap(([code, each]) => (codes.has(code) ? [each] : []));
  if (wanted.length === 0) return null;
  return {
    en: `Tick in the post's options: ${wanted.map(({ en }) => en).join(", and ")}.`,
    zh: `在发布选项里勾选声明：${wanted.map(({ zh }) => zh).join("、")}。`,
  };
}

/** Noted from the post too: the draft may be older than what a later export knows. */
function codesOf({ problems }: Pick<Draft, "problems">, post: Post | null): Set<string> {
  const codes = new Set<string>(problems.map(({ code }) => code));
  if (post?.aiGenerated) codes.add("ai-content");
  if (post?.paidPartnership) codes.add("paid-partnership");
  return codes;
}
