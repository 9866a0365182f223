import type { Post } from "../../src/core/post.ts";
import { barePost } from "../support/bare-post.ts";

/** A post as its post.json has it. */
export type KeptPost = Omit<Post, "folder"> & { mediaFiles: string[]; history: object[] };

interface Voice {
  language: string;
  /** Out of a hundred captions. */
  share: number;
  /** `{a}`, `{b}`, `{c}` are taken from the lists below, `{n}` is a number. */
  sentences: readonly string[];
  a: readonly string[];
  b: readonly string[];
  c: readonly string[];
  tags: readonly string[];
}

const listOf = (text: string): string[] => text.split(/\s*\|\s*/u);

const feed = listOf("fyp | foryou | foryoupage | viral | fypシ | xyzbca | trending");
const voices: readonly Voice[] = [
  {
    language: "en",
    share: 46,
    sentences: listOf(
      "painting {a} before {b} wakes up | I tried {c} for {n} days and this happened! | POV: you find {a} at {b} and it costs ${n},000 | wait for the end… {a} with {c} | My honest thoughts on {c}, after {n} months of {a} | {n} things nobody tells you about {a} | We drove {n} km to {b}, just for {c} | Is {a} worth it? I don't think so, but {c} is | Dr. Smith said {c} would help; it didn't | the best {a} ever at {b} | Part {n} of making {a} for {b} | Meet me at {n}:30 near {b}, bring {c} | not me crying over {a} again lol | here is how I make {a}: first {c}, then patience | only $9.99 at {b} and I am obsessed",
    ),
    a: listOf(
      "watercolour birds | a tiny harbour | sourdough bread | my grandmother's garden | a vintage denim jacket | vegan ramen | the perfect flat white | a haunted dollhouse | soft glam make-up | wild swimming | a one-pan dinner | thrifted chairs | crochet frogs | film photos",
    ),
    b: listOf(
      "the city | my neighbour | Lisbon | the farmers' market | Central Park | IKEA | my little sister | the lighthouse | the old library | Seoul | the night train | everybody",
    ),
    c: listOf(
      "cold showers | oat milk | a $20 brush | no sugar | my old phone | two colours | natural light | a lot of tape | slow mornings | gouache | a borrowed tripod | 35 mm film",
    ),
    tags: listOf(
      "art | watercolor | booktok | cottagecore | recipe | makeup | ootd | travel | traveltok | smallbusiness | HermesUnboxing | sketchbook | thrifted | catsoftiktok | asmr | sourdough | filmphotography",
    ),
  },
  {
    language: "es",
    share: 22,
    sentences: listOf(
      "hoy pinté {a} con {c} y mira cómo quedó | ¿Sabías que {a} cuesta {n} € en {b}? | No puedo creer lo que pasó en {b}… | {n} cosas que aprendí de {a} | mi rutina con {c}, día {n} | ¡Qué locura! {a} a las {n}:30 en {b} | La receta de mi abuela: {a}, {c} y mucho amor | vamos a {b} a buscar {a} | Te cuento cómo hice {a}, paso a paso",
    ),
    a: listOf(
      "el mar | tortillas de maíz | un vestido de lino | el jardín | acuarelas | pan casero | mi gato Simón | una mesa vieja | el mejor café",
    ),
    b: listOf(
      "Madrid | la playa | Oaxaca | el mercado | casa de mi tía | Buenos Aires | la montaña",
    ),
    c: listOf(
      "poca luz | dos colores | aceite de oliva | muchísima paciencia | limón | música de los 80",
    ),
    tags: listOf("arte | acuarela | recetas | españa | parati | maquillaje | viajes | gatos"),
  },
  {
    language: "zh-Hans",
    share: 12,
    sentences: listOf(
      "今天去{b}画{a}，用了{c}。 | {n}天学会{a}，新手也可以试试！ | 在{b}花了{n}元买{c}，值吗？ | 好久没更新了，来看看我的{a} | 分享一个{a}的小技巧：{c} | {b}的早晨，{a}和咖啡最配☕️ | 谁懂啊！{a}真的太好看了 | 第{n}次做{a}，终于成功了 | 用iPad画的{a}，大家觉得怎么样？",
    ),
    a: listOf("水彩小鸟 | 西湖荷花 | 手账 | 妈妈的红烧肉 | 复古穿搭 | 小猫 | 胶片照片 | 春天的花"),
    b: listOf("西湖 | 上海 | 图书馆 | 公园 | 伦敦 | 外婆家 | 城市的角落"),
    c: listOf("三种颜色 | 一支旧毛笔 | 二手相机 | 很多耐心 | 自然光 | 慢火"),
    tags: listOf("水彩 | 画画 | 手账 | 穿搭 | 美食 | 猫咪 | 日常 | vlog"),
  },
  {
    language: "ja",
    share: 10,
    sentences: listOf(
      "今日は{b}で{a}を描きました。 | {n}円で買った{c}がすごい！ | {a}の作り方、{c}だけでできます | 朝{n}時の{b}、静かで好き | はじめての{a}、どうかな？ | {b}まで電車で{n}分、{a}を見に行った",
    ),
    a: listOf("スケッチ | 猫のごはん | 抹茶ラテ | お弁当 | 水彩画 | 着物コーデ | 古いカメラ"),
    b: listOf("京都 | 海 | 図書館 | 下北沢 | おばあちゃんの家 | 公園"),
    c: listOf("百均のペン | 牛乳 | フィルム | 少しの砂糖 | 古い布"),
    tags: listOf("水彩 | 猫 | カフェ巡り | お弁当 | イラスト | おすすめ | 東京"),
  },
  {
    language: "un",
    share: 10,
    sentences: listOf(
      "{a} {c} | {c}{c} {a} | {b} + {a} = {c} | #{n} {a} | 𝓗𝓲 from {b} {c} | اليوم رسمت البحر {c} | วันนี้ไปทะเล {c} | 오늘은 {a} 그리기 {c} | café, naïve, Ångström {c}",
    ),
    a: listOf("OOTD | GRWM | 🍜 | 🎨🖌️ | BTS | ＳＡＬＥ | haul"),
    b: listOf("Paris | 서울 | 東京 | NYC 🗽 | la mer"),
    c: listOf("👩‍👩‍👧‍👦 | 🇪🇸🇯🇵 | 👍🏽 | ❤️‍🔥 | 🏳️‍🌈 | 1️⃣ | ✨ | 😂😂"),
    tags: listOf("ootd | grwm | 🐍🐍 | ＯＯＴＤ | 여행 | музыка | fun"),
  },
];
const emoji = listOf("✨ | 😂 | 🥹 | ❤️ | 👩‍🎨 | 👨‍👩‍👧 | 🇬🇧 | 👍🏽 | 🎨 | ☕️ | 1️⃣ | 🏴󠁧󠁢󠁥󠁮󠁧󠁿 | 🐈‍⬛");
const people = listOf("@anna.b | @joe_paints | @mia.paints | @the.real.k8 | @小林");
const links = listOf(
  "https://mia-paints.com/shop?ref=tt | www.mia.example/a | linktr.ee/mia | hello@mia-paints.com | Link in bio! | follow my tiktok",
);
const credits = listOf(
  "#duet with @joe_paints | #stitch with @anna.b | Replying to @the.real.k8 | Respuesta a @anna.b",
);

/**
 * Made-up posts of one creator, as the library keeps them in post.json: captions in many languages and signs, of
 * 30 to 2,200 UTF-16 units, short ones far more often than long ones. The same count gives the same posts.
 */
export function captionPosts(count: number): KeptPost[] {
  const random = seeded(20_261_121);
  return Array.from({ length: count }, (_, index) => keptPost(index, random));
}

type Random = () => number;

function keptPost(index: number, random: Random): KeptPost {
  const voice = voiceOf(random);
  const { caption, tags, mentions } = captionOf(voice, random);
  const id = String(7_100_000_000_000_000_000n + BigInt(index) * 9_973_000_001n);
  const number = (below: number): number => Math.floor(random() * below);
  const day = new Date(Date.UTC(2019, 0, 1, 12) + index * 6 * 3_600_000);
  const video = random() < 0.8;
  const { folder: _folder, ...post } = barePost({
    ...{ key: id, id, caption, hashtags: tags, mentions },
    date: `${day.toISOString().slice(0, 19)}Z`,
    kind: video ? "video" : "photos",
    title: video || random() < 0.5 ? null : sentence(voice, random),
    ...{ durationMs: video ? 5000 + number(90_000) : null, width: 1080, height: 1920 },
    ...{ views: number(90_000), likes: number(9000), comments: number(400), shares: number(300) },
    ...{ saves: number(500), pinned: index < 3, sound: "original sound - mia.paints" },
    ...{ soundOriginal: random() < 0.7, madeFrom: random() < 0.04 ? "duet" : "own" },
    ...{ paidPartnership: random() < 0.03, aiGenerated: random() < 0.02 },
    ...{ language: voice.language, url: `https://www.tiktok.com/@mia.paints/video/${id}` },
    sources: ["tiktok-archive", "tiktok-profile"],
  });
  return { ...post, mediaFiles: video ? ["video.mp4", "cover.jpg"] : ["01.jpg"], history: [] };
}

function voiceOf(random: Random): Voice {
  let place = random() * 100;
  for (const voice of voices) {
    place -= voice.share;
    if (place < 0) return voice;
  }
  throw new Error("The shares of the voices are not a hundred.");
}

function captionOf(voice: Voice, random: Random) {
  // Even in the logarithm: as many between 30 and 60 as between 1,000 and 2,000.
  const length = Math.round(30 * (2200 / 30) ** random());
  const tags: string[] = [];
  const mentions: string[] = [];
  const tag = (): string => {
    const name = one(random() < 0.35 ? feed : voice.tags, random);
    tags.push(name);
    return `#${name}`;
  };
  const handle = (): string => {
    const sign = one(people, random);
    mentions.push(sign.slice(1));
    return sign;
  };
  let text = random() < 0.06 ? `${one(credits, random)} ` : "";
  const ending = random() < 0.85 ? Array.from({ length: 1 + Math.floor(random() * 6) }, tag) : [];
  const last = ending.join(random() < 0.1 ? "" : " ");
  while (text.length < length - last.length - 1) {
    text += sentence(voice, random);
    const more = random();
    if (more < 0.3) text += ` ${one(emoji, random)}`;
    else if (more < 0.36) text += ` with ${handle()}`;
    else if (more < 0.4) text += ` ${one(links, random)}`;
    else if (more < 0.48) text += ` ${tag()}`;
    else if (more < 0.7) text += ".";
    text += random() < 0.25 ? "\n" : random() < 0.1 ? "\n\n" : " ";
  }
  const room = Math.max(0, length - last.length - 1);
  return {
    caption: `${text.slice(0, room).replace(/\p{Surrogate}$/u, "")} ${last}`.slice(0, 2200),
    tags,
    mentions,
  };
}

function sentence(voice: Voice, random: Random): string {
  return one(voice.sentences, random)
    .replace(/\{([abc])\}/gu, (_, list: "a" | "b" | "c") => one(voice[list], random))
    .replaceAll("{n}", () => String(2 + Math.floor(random() * 97)));
}

function one(list: readonly string[], random: Random): string {
  return list[Math.floor(random() * list.length)] ?? "";
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
