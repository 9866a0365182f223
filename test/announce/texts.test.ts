import { describe, expect, test } from "vitest";
import {
  announcementLanguages,
  announcementSurfaces,
  announcementTones,
} from "../../src/announce/surfaces.ts";
import { renderTexts, templatePath } from "../../src/announce/texts.ts";
import type { AnnouncementTexts } from "../../src/announce/texts.ts";
import { announcementVariables } from "../../src/announce/variables.ts";
import type { Creator } from "../../src/core/creator.ts";
import { measure } from "../../src/text/measure.ts";
import { full, factsOf, lists, onlyHandle, templates } from "./sample.ts";

const languages = announcementLanguages;
const everyText = announcementSurfaces.length * languages.length;

function textsOf(
  creator: Creator,
  tone: "warm" | "brief" | "playful",
  year?: number,
): AnnouncementTexts {
  return renderTexts({ templates, facts: factsOf(creator, year), tone, languages });
}

function shown({ texts }: AnnouncementTexts, surface: string, language: string): string {
  const found = texts.find((each) => each.surface === surface && each.language === language);
  return found === undefined ? "" : [found.title, found.full].filter(Boolean).join("\n===\n");
}

/** What every text has to keep, whoever the creator is. */
function expectSound(result: AnnouncementTexts): void {
  for (const text of result.texts) {
    const surface = announcementSurfaces.find((each) => each.id === text.surface)!;
    const all = `${text.title ?? ""}\n${text.full}`;
    expect(all).not.toMatch(/ {2}|\{\{|\{%|undefined|\n{3}/u);
    expect(all).not.toContain("\u0000");
    expect(all).not.toMatch(/ [,.，。！]/u);
    // A letter greets and thanks with a comma or colon at the end of the line.
    if (surface.id !== "email") expect(all).not.toMatch(/[,，、] *$|^\S+ \S*[：:] *$/mu);
    expect(all).not.toMatch(
      /，，|。。|\.\.|I'm *[.!\n]|from *[.!,\n]|来自[，。！\n]|來自[，。！\n]/u,
    );
    expect(all).not.toMatch(/^(?:•|▪️|✅|🍠|🍋) *$/mu);
    const { body } = surface;
    if (body !== null) expect(measure(text.full, body.unit)).toBeLessThanOrEqual(body.most);
    expect(text.topics.length).toBeLessThanOrEqual(5);
    for (const topic of text.topics) expect(topic).toMatch(/^[^\s#]+$/u);
    if (surface.title === null) expect(text.title).toBeNull();
    else {
      expect(text.title).toBeTruthy();
      expect(measure(text.title!, surface.title.unit)).toBeLessThanOrEqual(surface.title.most);
    }
    if (surface.id === "rednote-introduction") {
      expect(all).not.toMatch(/TikTok|Lemon8|@|http|instagram|小红书号|小紅書號|私信/iu);
    }
    if (surface.id === "lemon8-hello") expect(all).not.toMatch(/@|http/iu);
  }
}

describe("a creator who gave only a TikTok handle", () => {
  test.each(announcementTones)("gets sound %s texts in every language", (tone) => {
    const result = textsOf(onlyHandle, tone);
    expectSound(result);
    // Brief profiles need something to say, playful introductions a pet; the rest needs a place to go to.
    const hellos = tone === "warm" ? 9 : 6;
    expect(result.texts).toHaveLength(hellos);
    expect(result.notWritten).toHaveLength(everyText - hellos);
    expect(new Set(result.problems.map((each) => each.code))).toEqual(
      new Set(["text-not-written"]),
    );
    // Texts that want the same settings are said together.
    expect(result.problems.length).toBeLessThanOrEqual(2);
  });

  test("reads what is not written, with its settings", () => {
    const { notWritten, problems } = textsOf(onlyHandle, "playful");
    const hans = notWritten.filter((each) => each.language === "zh-Hans");
    const handles = [
      "creator.handles.rednoteId",
      "creator.handles.rednote",
      "creator.handles.lemon8",
    ];
    expect(hans).toContainEqual({
      surface: "tiktok-caption",
      language: "zh-Hans",
      settings: handles,
    });
    expect(hans[0]).toEqual({
      surface: "rednote-introduction",
      language: "zh-Hans",
      settings: ["creator.pet"],
    });
    expect(problems[0]?.message).toBe(
      "The RedNote introduction (en, zh-Hans, zh-Hant) was not written: it needs creator.pet.",
    );
    expect(problems[1]).toMatchObject({
      severity: "note",
      message:
        "The Link page, TikTok bio, Photo card, Video script, TikTok caption, Video script without names, TikTok caption without names, Instagram story, E-mail and Discord message (en, zh-Hans, zh-Hant) were not written: they need creator.handles.rednoteId or creator.handles.rednote or creator.handles.lemon8.",
      fix: 'Type: findmehere config set creator.handles.rednoteId "…" and then: findmehere announce',
    });
  });

  test("reads natural hellos", () => {
    const warm = textsOf(onlyHandle, "warm");
    expect(shown(warm, "rednote-introduction", "zh-Hans")).toMatchInlineSnapshot(`
      "大家好，初来乍到💛
      ===
      大家好呀 👋
      第一次在这里发笔记，中文还在学，写错了请多包涵～

      ✨ 关于我
      ▪️ 想了解：你们那里的日常和好吃的

      如果你在学英语，作业有不懂的可以在评论区问我，我很乐意帮忙 📝
      也请教我一句你最喜欢的中文吧！谢谢大家，请多多关照 🙏

      —
      Hi everyone! This is my first note here, and I'm still learning Chinese.
      I'd love to hear about your everyday life.
      If you have questions about your English homework, ask me in the comments. Thank you for having me!

      #自我介绍 #学中文 #英语学习 #交朋友"
    `);
    expect(shown(warm, "rednote-introduction", "en")).toMatchInlineSnapshot(`
      "Hi everyone! New here 💛
      ===
      Hi everyone 👋
      This is my first note here. I'm still learning Chinese, so please forgive my mistakes.

      ✨ About me
      ▪️ I'd like to know: your everyday life, and what you love to eat

      If you are learning English and your homework puzzles you, ask me in the comments. I'm happy to help 📝
      And please teach me a Chinese phrase that you love. Thank you for having me 🙏

      #自我介绍 #学中文 #英语学习 #交朋友"
    `);
    expect(shown(warm, "lemon8-hello", "en")).toMatchInlineSnapshot(`
      "Hello Lemon8! New here 🍋
      ===
      Hi everyone! I'm so happy to be here.

      🍋 What you'll find on my page
      • My videos and photos, a few at a time
      • Notes on what worked and what didn't

      🍋 A little about me
      • I'm new here and still finding my way around
      • Kind comments make my day

      I'd love to know: what brought you here, and what should I try first? Tell me below 💛

      #hellolemon8 #introduction"
    `);
    expect(shown(warm, "lemon8-hello", "zh-Hans")).toMatchInlineSnapshot(`
      "你好 Lemon8！新人报到 🍋
      ===
      大家好！很开心来到这里。

      🍋 我的主页会有
      • 我的视频和照片，慢慢更新
      • 真实的心得：成功的和翻车的都会写

      🍋 关于我
      • 刚来这里，还在慢慢摸索
      • 每一条友善的评论都会让我开心一整天

      想问问大家：你为什么来到这里？我应该先试试什么？留言告诉我吧 💛

      #hellolemon8 #introduction"
    `);
    const brief = textsOf(onlyHandle, "brief");
    expect(shown(brief, "rednote-introduction", "zh-Hans")).toMatchInlineSnapshot(`
      "新人报到，请多关照
      ===
      大家好。
      初来乍到，请多关照 🙏

      Hi everyone! Nice to meet you!

      #自我介绍 #交朋友"
    `);
    expect(shown(brief, "lemon8-hello", "en")).toMatchInlineSnapshot(`
      "New here, hello!
      ===
      Hi everyone.
      Say hi below and tell me what you'd like to see first.

      #hellolemon8 #introduction"
    `);
    expect(shown(textsOf(onlyHandle, "playful"), "lemon8-hello", "en")).toMatchInlineSnapshot(`
      "I brought snacks. Can I stay? 🍋
      ===
      Things I brought with me: far too many opinions about snacks.

      Things I'm looking for: kind people, good ideas, someone to tell me how this app works.

      Ask me anything in the comments 🍋

      #hellolemon8 #introduction"
    `);
  });
});

describe("a creator who filled in everything", () => {
  test.each(announcementTones)("gets every %s text", (tone) => {
    const result = textsOf(full, tone, 2021);
    expectSound(result);
    expect(result).toMatchObject({ notWritten: [], problems: [] });
    expect(result.texts).toHaveLength(everyText);
  });

  test("reads themselves in them", () => {
    const warm = textsOf(full, "warm", 2021);
    expect(shown(warm, "tiktok-caption", "en")).toMatchInlineSnapshot(`
      "Find me after today too 💛 I'm also on RedNote and Lemon8 now.
      RedNote: Ana画画 (ID 94501234567)
      Lemon8: anadraws
      Same watercolour painting, same me. I'm not leaving; these are just two more homes. See you there?

      #watercolor #rednote #lemon8"
    `);
    expect(shown(warm, "tiktok-caption", "zh-Hans")).toMatchInlineSnapshot(`
      "以后也能在这里找到我 💛 我现在也在小红书和 Lemon8 啦。
      小红书：Ana画画（小红书号 94501234567）
      Lemon8：anadraws
      还是熟悉的水彩画，还是我。我不会离开这里，只是多了两个家，欢迎来坐坐～"
    `);
    expect(shown(warm, "rednote-introduction", "zh-Hans")).toMatchInlineSnapshot(`
      "大家好，我从奥斯汀来💛
      ===
      大家好呀，我叫Ana，来自奥斯汀 👋
      第一次在这里发笔记，中文还在学，写错了请多包涵～

      ✨ 关于我
      ▪️ 喜欢：水彩画
      ▪️ 会分享：教程、过程记录、测评
      ▪️ 想了解：你们那里的日常和好吃的

      如果你在学英语，作业有不懂的可以在评论区问我，我很乐意帮忙 📝
      也请教我一句你最喜欢的中文吧！谢谢大家，请多多关照 🙏

      —
      Hi everyone, I'm Ana from Austin! This is my first note here, and I'm still learning Chinese.
      I love watercolour painting, and I'd love to hear about your everyday life.
      If you have questions about your English homework, ask me in the comments. Thank you for having me!

      #自我介绍 #水彩 #学中文 #英语学习 #交朋友"
    `);
    expect(shown(warm, "lemon8-hello", "zh-Hant")).toMatchInlineSnapshot(`
      "你好 Lemon8！我是Ana 🍋
      ===
      大家好，我是Ana，來自奧斯汀！很開心來到這裡。
      我主要分享水彩畫，從 2021 年開始發作品。

      🍋 我的主頁會有
      • 即將分享：教學、過程記錄、評測
      • 我的影片和照片，慢慢更新
      • 真實的心得：成功的和翻車的都會寫

      🍋 關於我
      • 剛來這裡，還在慢慢摸索
      • 我家貓咪負責品管
      • 每一則友善的留言都會讓我開心一整天

      想問問大家：你為什麼來到這裡？我應該先試試什麼？留言告訴我吧 💛

      #hellolemon8 #watercolor #introduction"
    `);
    const playful = textsOf(full, "playful");
    expect(shown(playful, "tiktok-caption", "zh-Hans")).toMatchInlineSnapshot(`
      "POV：你怎么也甩不掉我 😌 我带着水彩画又搬进了两个新家：
      🍠 小红书：Ana画画（小红书号 94501234567）
      🍋 Lemon8：anadraws
      来打个招呼吧，我在新家等你 👋"
    `);
    expect(shown(playful, "rednote-introduction", "zh-Hans")).toMatchInlineSnapshot(`
      "猫税已交，请问可以进吗🐱
      ===
      听说进门要先交猫税 🐱
      来，我家猫咪已就位，请验收（见图）。

      ✅ 姓名：Ana
      ✅ 坐标：奥斯汀
      ✅ 爱好：水彩画
      ✅ 中文水平：会说“你好”“谢谢”和“好吃”
      ❓ 求教：哪道家常菜最适合新手？

      没有猫的朋友，狗税、兔税、晚霞税我也收 😄
      祝大家今天开心！

      —
      I heard there is a cat tax at the door, so here is my cat.
      I'm Ana from Austin. I love watercolour painting. Which home dish should a beginner cook first?

      #交猫税 #自我介绍 #水彩 #猫咪日常"
    `);
    expect(shown(playful, "rednote-introduction", "zh-Hant")).toContain("會說「你好」");
  });

  test("keeps RedNote's topics Simplified in Traditional texts", () => {
    const { texts } = textsOf(full, "warm");
    const hant = texts.find(
      (each) => each.surface === "rednote-introduction" && each.language === "zh-Hant",
    );
    expect(hant?.topics).toEqual(["自我介绍", "水彩", "学中文", "英语学习", "交朋友"]);
    expect(hant?.body).toContain("喜歡：水彩畫");
  });
});

describe("one new place only", () => {
  const none = { ...full.handles, rednote: "", rednoteId: "", lemon8: "" };
  test.each([
    [
      "Lemon8",
      { ...none, lemon8: "anadraws" },
      /RedNote|小红书|小紅書|two|两个|兩個|homes|places/u,
    ],
    ["RedNote's ID", { ...none, rednoteId: "123" }, /Lemon8|two|两个|兩個|homes|places|（|\(/u],
    [
      "RedNote's name",
      { ...none, rednote: "Ana" },
      /Lemon8|two|两个|兩個|homes|places|ID|小红书号/u,
    ],
  ])("%s: the caption says nothing of the other", (_, handles, untrue) => {
    for (const tone of announcementTones) {
      for (const creator of [full, { ...onlyHandle }]) {
        const result = textsOf({ ...creator, handles }, tone);
        expectSound(result);
        const captions = result.texts.filter((each) => each.surface === "tiktok-caption");
        expect(captions).toHaveLength(3);
        for (const caption of captions) expect(caption.full).not.toMatch(untrue);
      }
    }
  });
});

describe("limits", () => {
  const long: Creator = {
    ...full,
    name: "Maximiliana Featherstone", // 24 letters
    handles: {
      tiktok: "maximiliana.featherstone",
      rednote: "Maximiliana Featherstone",
      rednoteId: "maximiliana.featherstone",
      lemon8: "maximiliana.featherstone",
    },
    niche: "plants",
    city: "Pennsylvania",
  };

  test.each(announcementTones)("hold for long names in %s texts", (tone) => {
    const result = textsOf(long, tone, 2021);
    expectSound(result);
    expect(result.texts).toHaveLength(everyText);
  });

  test("the next title is taken where the first is too long", () => {
    const city = "Llanfairpwllgwyngyllgogerychwyrndrobwll";
    const { texts, problems } = textsOf({ ...long, name: "N".repeat(60), city }, "warm");
    const titles = texts.map((each) => each.title);
    expect(titles).toContain("大家好，初来乍到💛");
    expect(titles).toContain("Hello Lemon8! New here 🍋");
    expect(problems).toEqual([]);
  });

  test("a text over its limit is not written and is said", () => {
    const { texts, problems } = textsOf({ ...full, name: "N".repeat(2300) }, "brief");
    expect(texts.map((each) => each.surface)).not.toContain("lemon8-hello");
    const found = problems.filter((each) => each.code === "text-too-long");
    expect(found).toHaveLength(6);
    expect(found.at(-1)?.message).toBe(
      "The Lemon8 hello (zh-Hant) was not written: its text is over 2200 characters as that place counts.",
    );
  });

  test("hold for every niche of the list in every template", () => {
    for (const niche of lists.niches) {
      for (const tone of announcementTones) {
        const result = textsOf({ ...long, niche: niche.id }, tone, 2021);
        expectSound(result);
        expect(result.texts, niche.id).toHaveLength(everyText);
      }
    }
  });

  test("hold for every place and every pet", () => {
    for (const place of lists.places) {
      expect(textsOf({ ...full, city: place.en }, "warm").texts, place.en).toHaveLength(everyText);
    }
    for (const pet of lists.pets) {
      const result = textsOf({ ...full, pet: pet.id }, "playful");
      expectSound(result);
      expect(result.texts, pet.id).toHaveLength(everyText);
    }
  });
});

describe("hostile values", () => {
  test("are printed and not obeyed", () => {
    const name = "{{ 7 | times: 6 }}{% if x %}{{ tiktok }}";
    const { texts } = textsOf({ ...full, name }, "brief");
    expect(texts.find((each) => each.surface === "lemon8-hello")?.body).toContain(
      `I'm ${name} from Austin.`,
    );
  });

  test("cannot break lines", () => {
    const { texts } = textsOf({ ...full, name: "Ana\n\n#spam\r\n---" }, "brief");
    expect(texts.find((each) => each.surface === "lemon8-hello")?.body).toContain("Ana #spam ---");
  });

  test("with a link or another place are left out where that is punished", () => {
    const { texts, problems } = textsOf({ ...full, name: "Ana on TikTok" }, "brief");
    const body = texts.find((each) => each.surface === "rednote-introduction")?.body;
    expect(body).toContain("Hi everyone, I'm from Austin");
    expect(body).not.toContain("TikTok");
    expect(problems[0]).toMatchObject({ code: "text-not-written", severity: "warn" });
    expect(problems[0]?.message).toContain("creator.name");
    expect(texts.find((each) => each.surface === "lemon8-hello")?.body).toContain("Ana on TikTok");
  });
});

describe("the templates of the repository", () => {
  test("are one for each surface, tone and language", () => {
    const paths = announcementSurfaces.flatMap((surface) =>
      announcementTones.flatMap((tone) =>
        languages.map((language) => templatePath(surface.id, tone, language)),
      ),
    );
    const files = [...templates.keys()].filter((path) => path.endsWith(".liquid"));
    expect(files.toSorted()).toEqual(paths.toSorted());
  });

  test("stand beside a page that explains every variable and no other", () => {
    const page = templates.get("announcement/README.md") ?? "";
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const explained = rows.flatMap((row) => row.split("|")[1]!.match(/\w+/gu) ?? []);
    expect(explained.toSorted()).toEqual(Object.keys(announcementVariables).toSorted());
  });
});

describe("templates that a creator changed", () => {
  const path = templatePath("rednote-introduction", "brief", "zh-Hans");
  function withTemplate(text: string): AnnouncementTexts {
    const changed = new Map(templates).set(path, text);
    const facts = factsOf(full);
    return renderTexts({ templates: changed, facts, tone: "brief", languages: ["zh-Hans"] });
  }

  test("may be as simple as a title and a line, in any line ending", () => {
    const { texts } = withTemplate(
      "\uFEFF# mine\r\ntitle: 你好\r\ntopics: #a b，{{ name }}, Ana\r\n---\r\n{{ name }}\r\n",
    );
    expect(texts[1]).toEqual({
      surface: "rednote-introduction",
      language: "zh-Hans",
      title: "你好",
      body: "Ana",
      topics: ["ab", "Ana"],
      full: "Ana\n\n#ab #Ana",
    });
  });

  test.each([
    ["title: a\n---\n{{ nmae }}", "{{ nmae }}, which is not a variable"],
    ["title: a\nneeds: nmae\n---\nb", "“nmae”, which is not a variable"],
    ["titel: a\n---\nb", "Line 1 should begin with title:"],
    ["b", "no line that begins with title:"],
    ["title: a\n---\nb\n{% if name %}", "line:4"],
    ["title: a\n---\nb\n---  shorter\n{% if name %}", "line:5"],
    ["title: a\n---\n{% include 'x' %}", 'tag "include" not found, line:3'],
    ["title: a\n---\n{% for i in (1..9) %}{% endfor %}", 'tag "for" not found'],
    ["title: a\n---\n{{ 'now' | date: '%Y' }}", "undefined filter: date"],
    ["title: a\n---\n{{ tiktok }}", "handles are punished there"],
    ["title: a\n---\nwww.example.com", "“www.”, and that is punished there"],
  ])("with a mistake are said and do not stop the rest: %o", (text, words) => {
    const { texts, problems } = withTemplate(text);
    expect(texts.map((each) => each.surface)).toEqual(
      announcementSurfaces.map(({ id }) => id).filter((id) => id !== "rednote-introduction"),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(`templates/${path}. `);
    expect(problems[0]?.message).toContain(words);
  });

  test("that end up empty, or without a title, are not written", () => {
    const facts = factsOf(onlyHandle);
    const changed = new Map(templates)
      .set(path, "title: a\n---\n{{ city_zh }}")
      .set(templatePath("lemon8-hello", "brief", "zh-Hans"), "title: {{ name }}\n---\nhello");
    const { notWritten } = renderTexts({
      templates: changed,
      facts,
      tone: "brief",
      languages: ["zh-Hans"],
    });
    const settings = (surface: string) =>
      notWritten.find((each) => each.surface === surface)?.settings;
    expect(settings("rednote-introduction")).toEqual(["creator.city"]);
    expect(settings("lemon8-hello")).toEqual(["creator.name"]);
  });

  test("that are gone are named", () => {
    const facts = factsOf(full);
    const { texts, problems } = renderTexts({
      templates: new Map(),
      facts,
      tone: "warm",
      languages: ["en"],
    });
    expect(texts).toEqual([]);
    expect(problems).toHaveLength(announcementSurfaces.length);
    expect(problems[0]?.message).toContain("There is no such file.");
  });
});
