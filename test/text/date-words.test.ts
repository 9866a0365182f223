import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { lintText } from "../../src/text/lint.ts";
import type { LintRule } from "../../src/text/lint-table.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";

const shipped = readFileSync(new URL("../../templates/date-words.tsv", import.meta.url), "utf8");
const rules = parseLintTable(shipped, null, "date-words.tsv");
const rows = shipped
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"));

/** What each rule must leave alone, from the last column of the table. */
const never = rows.flatMap(([id = "", ...cells]) =>
  (cells.at(-1) ?? "").split(" | ").map((text) => [id, text] as const),
);

function ruleOf(id: string): LintRule {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** What of a caption holds its draft. */
function holding(caption: string): string[] {
  return lintText(caption, rules, "rednote")
    .filter(({ rule }) => rule.severity === "stop")
    .map(({ rule, text }) => `${rule.id} ${text}`);
}

describe("the table of date words", () => {
  test("is read row by row, all of one category, in three languages at least", () => {
    expect(rules).toHaveLength(rows.length);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ category }) => category))).toEqual(new Set(["date"]));
    expect(new Set(rows.map(([, , language]) => language))).toEqual(new Set(["en", "es", "zh"]));
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s finds its own example in both places and says what to do, in both languages",
    (_, rule) => {
      for (const place of ["rednote", "lemon8"]) {
        expect(lintText(rule.example, [rule], place)).not.toEqual([]);
      }
      expect(rule.suggestion.en).toMatch(/\S/);
      expect(rule.suggestion.zh).toMatch(/\p{Script=Han}/u);
    },
  );

  test.each(never)("%s leaves alone: %s", (id, text) => {
    expect(text).not.toBe("");
    expect(lintText(text, [ruleOf(id)], "rednote").map((match) => match.text)).toEqual([]);
    expect(holding(text)).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s is quick on 4,000 characters that lead it astray",
    (_, { pattern, example }) => {
      const starts = [...example].map((_sign, index, all) => all.slice(0, index + 1).join(""));
      let slowest = 0;
      for (const start of ["", ...starts]) {
        for (const pad of [start, "a", " ", "1", "2024 ", "20", "on ", "下", "月", "\n"]) {
          const text = `${start}${(pad === "" ? "x" : pad).repeat(4000)}`.slice(0, 4000);
          const times = [0, 1, 2].map(() => {
            const begin = performance.now();
            pattern.lastIndex = 0;
            while (pattern.test(text)) pattern.lastIndex += 1;
            return performance.now() - begin;
          });
          slowest = Math.max(slowest, Math.min(...times));
        }
      }
      expect(slowest).toBeLessThan(25);
    },
  );
});

const bound = [
  "New video this Friday!",
  "see you tomorrow at the market",
  "Going live tonight, bring snacks",
  "Open studio on 24 Dec",
  "Doors open December 24th",
  "Black Friday 2024: what I bought",
  "My 2024 goals, honestly",
  "Christmas 2023 haul",
  "2023 recap in 60 seconds",
  "The shop closes on Sunday",
  "sale ends today",
  "50% off, today only",
  "Part 2 next week",
  "Tomorrow we paint outside",
  "doors at 7, come early tonight",
  "记得今晚来看直播",
  "明天见",
  "Come say hi this weekend",
  "Only 3 days left to order",
  "12 days until Christmas",
  "join me live at 8pm",
  "Pop-up shop: 2024-11-30",
  "workshop 12/01/2025, link soon",
  "last orders until 12/18",
  "tickets from Nov. 3",
  "Out Friday",
  "the 1st of March, save the date",
  "last chance to order before the holidays",
  "TMRW we launch",
  "Nos vemos mañana en el mercado",
  "Este viernes estreno vídeo",
  "Esta noche directo a las 9",
  "Abrimos el 24 de diciembre",
  "El martes que viene, sorteo",
  "Quedan 2 días",
  "Mis propósitos para 2024",
  "Próximo sábado: taller",
  "La próxima semana os cuento",
  "solo hoy, envío gratis",
  "下周五更新，记得来看",
  "今晚八点直播",
  "明天上新",
  "本周六有市集",
  "这个周末见",
  "12月24日开业",
  "十二月二十四日见",
  "2024双十一开箱",
  "2024年度总结",
  "仅限今天",
  "还有3天截止",
  "下周见",
  "下個月搬家",
  "後天見",
];

const evergreen = [
  "friday night lights",
  "Freaky Friday but make it watercolour",
  "I paint every Sunday and this is why",
  "Sunday reset with me",
  "monday motivation",
  "since 2019 and still learning",
  "Est. 2019. Handmade in Lisbon",
  "me in 2016 vs me now",
  "back in 2012 we had no phones at the table",
  "POV: it's 2007 and you just got home from school",
  "what I eat in a day",
  "what I ate today",
  "today I learned how to gild a frame",
  "it starts with one line",
  "like there's no tomorrow",
  "Tomorrowland set design, tiny version",
  "The Tonight Show theme on ukulele",
  "a better tomorrow needs better soup",
  "24/7 studio cat",
  "1/2 cup of sugar, 3/4 cup of flour",
  "3 ways to fold a dumpling",
  "these 4 may help you draw hands",
  "march 8 miles with me",
  "may the fourth be with you",
  "My August Burns Red era",
  "10 tips for April babies",
  "Winter is coming",
  "summer playlist for painting",
  "autumn leaves, dry brush",
  "Christmas cookies without eggs",
  "Halloween makeup for lazy people",
  "how to wrap presents like a pro",
  "day 12 of drawing my cat",
  "100 days of drawing",
  "30 day challenge: day one",
  "bake for 2 hours until golden",
  "wait for 24 hours, then varnish",
  "5 minutes left in the oven",
  "week 3 of learning pottery",
  "this week in the studio",
  "meal prep for next week",
  "my weekend routine",
  "last night I dreamt of colours",
  "yesterday's leftovers, today's ramen",
  "good morning from the studio",
  "the day I quit my job",
  "someday I'll finish this",
  "now or never",
  "how I live at 25 in a tiny flat",
  "I was born in 1998",
  "iPhone 15 settings for filming",
  "4K at 60 fps, settings below",
  "3 colours, 2 brushes, 1 paper",
  "12 pans, 48 colours",
  "version 2.0 of the desk",
  "room 204 makeover",
  "2000 steps to a calm mind",
  "2024 steps a day is enough",
  "budget: 2020 kcal",
  "How it started / how it's going",
  "Part 2!",
  "reply to @someone: yes it's gouache",
  "rate my setup 1-10",
  "second breakfast",
  "second hand finds",
  "The March sisters, painted",
  "August, but it's a colour palette",
  "Sunny side up",
  "thursday is the new friday",
  "girl dinner",
  "date night at home",
  "Save this for later",
  "the first of many",
  "moving to a new city alone",
  "cat tax",
  "So if you are sitting in front of a white page tonight: put the cat on it",
  "Tonight's dinner: noodles",
  "On a grey day I take out 2019 and laugh",
  "I could do this tomorrow, but no",
  "我明天也想画画",
  "Rutina de mañana",
  "por la mañana pinto, por la tarde duermo",
  "café cada mañana",
  "noche de cine en casa",
  "los viernes hay pizza",
  "Lunes otra vez",
  "lo que comí hoy",
  "desde 2019 pintando",
  "receta de la abuela",
  "3 de cada 10 no lo saben",
  "Feria de abril en miniatura",
  "viaje a Cádiz",
  "semana 4 aprendiendo cerámica",
  "每周五都画画",
  "周末吃什么",
  "今天吃什么",
  "今天画了一只猫",
  "今晚吃什么",
  "明天会更好",
  "自从2019年开始画画",
  "从5月1日开始存钱的人生",
  "3个月的小猫",
  "第12天打卡",
  "一周穿搭",
  "后天努力比天赋重要",
  "五月天的歌",
  "最后3分钟出锅",
  "在巴黎的最后一天",
  "三天两夜小旅行",
  "24小时自习室",
  "十二星座",
  "天天开心",
  "月亮和六便士",
  "日常碎片",
];

describe("captions of a made-up library", () => {
  test.each(bound)("is held: %s", (caption) => {
    expect(holding(caption)).not.toEqual([]);
  });

  test("what is about no day goes out: nothing of it is held", () => {
    const wrong = evergreen.flatMap((caption) =>
      holding(caption).map((found) => `${caption}: ${found}`),
    );
    expect(wrong).toEqual([]);
  });

  test("a year of one's own, or a day in passing, is only pointed out", () => {
    const mild = (caption: string) =>
      lintText(caption, rules, "lemon8").map(({ rule, text }) => `${rule.severity} ${text}`);
    expect(mild("best of 2023")).toEqual(["warn best of 2023"]);
    expect(mild("2023年的好物")).toEqual(["warn 2023年的好物"]);
    expect(mild("summer 2023")).toEqual(["warn summer 2023"]);
    expect(mild("I take out 2019 and laugh")).toEqual(["note 2019"]);
    expect(mild("if you sit before a white page tonight: draw")).toEqual(["warn tonight"]);
    expect(mild("我明天也想画画")).toEqual(["warn 明天"]);
  });

  test("fancy letters and hidden signs do not hide a day, tags are no sentences", () => {
    expect(holding("𝐭𝐨𝐧𝐢𝐠𝐡𝐭 we ride")).not.toEqual([]);
    expect(holding("to\u200bnight we ride")).not.toEqual([]);
    expect(holding("#tonight #tomorrow #blackfriday2024 #thisfriday")).toEqual([]);
  });
});
