import type { HandoffStep } from "../../core/destination.ts";

/** From the saved files to a posted note, in the order of the app's own screens. */
export const steps: readonly HandoffStep[] = [
  {
    text: { en: "Save the video to your phone's photos.", zh: "把视频保存到手机相册。" },
    kind: "video",
  },
  {
    text: { en: "Save the photos to your phone's photos.", zh: "把照片保存到手机相册。" },
    kind: "photos",
  },
  { text: { en: "Open RedNote and tap +.", zh: "打开小红书，点“+”。" } },
  { text: { en: "Pick the video.", zh: "选择这个视频。" }, kind: "video" },
  {
    text: { en: "Pick the photos in their order: 1, 2, 3 …", zh: "按顺序选择照片：1、2、3……" },
    kind: "photos",
  },
  { text: { en: "Pick a photo of your own.", zh: "选择一张你自己的照片。" }, kind: "own" },
  { text: { en: "Pick a cover.", zh: "选择封面。" }, kind: "video" },
  { text: { en: "Copy the title here and paste it.", zh: "在这里复制标题，粘贴进去。" } },
  { text: { en: "Copy the text here and paste it.", zh: "在这里复制正文，粘贴进去。" } },
  {
    text: {
      en: "At the end of the text tap each #topic and choose it from the list that opens. Without that it stays plain text.",
      zh: "在正文末尾逐个点一下 #话题，并从弹出的列表里选中。不选的话，它只是普通文字。",
    },
  },
  {
    text: {
      en: "Add no links, no handles of other apps and no QR codes.",
      zh: "不要加链接、其他平台的账号或二维码。",
    },
  },
  {
    text: {
      en: "If it is true, declare it under the note's options: made with AI, or advertising.",
      zh: "如果属实，请在笔记选项里声明：含 AI 合成内容，或广告合作。",
    },
    declares: true,
  },
  { text: { en: "Look at the preview, then post.", zh: "先看预览，再点发布。" } },
  {
    text: {
      en: "Open the note, tap Share, then Copy link.",
      zh: "打开这篇笔记，点“分享”，再点“复制链接”。",
    },
  },
  {
    text: {
      en: "Bring the link back to your computer, with the command that stands here.",
      zh: "把链接带回电脑，输入这里写的命令。",
    },
    page: "folder",
  },
  {
    text: {
      en: "Come back to this page and paste the link below.",
      zh: "回到这个页面，把链接粘贴到下面。",
    },
    page: "served",
  },
];
