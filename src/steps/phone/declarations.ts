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

const notPublic: Bilingual = {
  en: "On TikTok this post is not public. Here everybody will see it.",
  zh: "这条内容在 TikTok 上并未公开，在这里发布后所有人都能看到。",
};

/** Things to know or to declare before this post goes out. */
export function declarationsOf(
  { problems }: Pick<Draft, "problems">,
  post: Post | null,
): Bilingual[] {
  const codes = new Set(problems.map(({ code }) => code));
  // Noted here too: the draft may be older than what a later export knows.
  if (post?.aiGenerated) codes.add("ai-content");
  if (post?.paidPartnership) codes.add("paid-partnership");
  const notes = [...codes].flatMap((code) => words[code] ?? []);
  const isPublic = post === null || post.visibility === "public";
  return isPublic ? notes : [notPublic, ...notes];
}
