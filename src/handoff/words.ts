import type { Bilingual } from "../core/destination.ts";
import type { PublicationState } from "../core/publication.ts";
import { localTime } from "../queue/local.ts";

/** A sentence of the page and whether it is good news. */
export interface Told extends Bilingual {
  kind: "right" | "info" | "wrong";
}

/** A moment in both languages, as the creator's own clock shows it. */
export function momentWords(iso: string, zone: string): Bilingual {
  const chinese = new Intl.DateTimeFormat("zh-CN", {
    ...{ timeZone: zone, month: "long", day: "numeric", weekday: "short" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  return { en: localTime(iso, zone).replace(/ \d{4},/, ","), zh: chinese.format(Date.parse(iso)) };
}

/** What a state is called on the phone. */
export function badgeOf(state: PublicationState): Bilingual & { kind: "" | "done" | "later" } {
  const badges: Partial<Record<PublicationState, ReturnType<typeof badgeOf>>> = {
    "handed-off": { en: "Ready", zh: "可发布", kind: "" },
    queued: { en: "Planned", zh: "已排期", kind: "later" },
    submitted: { en: "Posted, link missing", zh: "已发布，缺链接", kind: "done" },
    live: { en: "Live", zh: "已发布", kind: "done" },
    synced: { en: "Already there", zh: "已同步", kind: "done" },
    skipped: { en: "Left out", zh: "已跳过", kind: "done" },
  };
  return badges[state] ?? { en: "Settled", zh: "已处理", kind: "done" };
}

/**
 * What the page says about where a publication stands; null while it is simply ready.
 * @param slot when it is planned; null where that time has passed
 */
export function standingWords(state: PublicationState, slot: Bilingual | null): Told | null {
  switch (state) {
    case "handed-off":
      return null;
    case "queued":
      return slot === null
        ? {
            kind: "info",
            en: "It is due, but waits: your limit of posts is reached. If you post it now all the same, say so below.",
            zh: "时间已到，但已达到发布上限，先等一等。如果现在就发布，请在下面告诉我们。",
          }
        : {
            kind: "info",
            en: `Its slot is ${slot.en}, and you are told then. If you post it earlier, say so below.`,
            zh: `计划时间：${slot.zh}，到时会提醒你。如果提前发布，请在下面告诉我们。`,
          };
    case "submitted":
      return {
        kind: "right",
        en: "Noted as posted. Paste its link below when you have it.",
        zh: "已记为“已发布”。拿到链接后请粘贴到下面。",
      };
    case "live":
      return { kind: "right", en: "Done: it is live.", zh: "完成：已发布。" };
    case "synced":
      return {
        kind: "right",
        en: "It is there already, do not post it again.",
        zh: "那里已经有了，请不要重复发布。",
      };
    case "skipped":
      return {
        kind: "info",
        en: "Left out: it is not posted there.",
        zh: "已跳过：不会在那里发布。",
      };
    default:
      return {
        kind: "wrong",
        en: "This post was changed on your computer meanwhile. Do not post it from here.",
        zh: "这条内容已在电脑上改动，请不要从这里发布。",
      };
  }
}

/** Why something was not recorded. */
export function refusalWords(code: string, title: Bilingual): Told {
  const reasons: Record<string, Bilingual> = {
    "not-an-address": {
      en: `That is not the link of a post on ${title.en}. In the app, open your post, tap Share, then Copy link.`,
      zh: `这不是${title.zh}内容的链接。请在应用里打开你的内容，点“分享”，再点“复制链接”。`,
    },
    "not-your-post": {
      en: "That post belongs to another account. Nothing was recorded.",
      zh: "这条内容属于另一个账号，没有记录。",
    },
    "link-leads-nowhere": {
      en: `That link leads to no post on ${title.en}. In the app, open your post, tap Share, then Copy link.`,
      zh: `这个链接打不开${title.zh}的内容。请在应用里打开你的内容，点“分享”，再点“复制链接”。`,
    },
    "address-taken": {
      en: "That link already stands for another of your posts. Copy the link of this one.",
      zh: "这个链接已经用于你的另一条内容，请复制这一条的链接。",
    },
    "publication-busy": {
      en: "Your computer is at work on this post right now. Try again in a moment.",
      zh: "电脑正在处理这条内容，请稍后再试。",
    },
  };
  const reason = reasons[code] ?? {
    en: "This post has moved on meanwhile. Nothing was recorded.",
    zh: "这条内容的状态已改变，没有记录。",
  };
  return { kind: "wrong", ...reason };
}
