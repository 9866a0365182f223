import { describe, expect, test } from "vitest";
import { judgeTranslation } from "../../src/text/translation-check.ts";

describe("what a translator answers", () => {
  test.each([
    ["How I paint the sky in three steps", "三步画出天空", "zh-Hans"],
    ["Hi", "大家好", "zh-Hans"],
    ["hahahahahaha so true", "哈哈哈哈哈哈哈哈哈哈 太真实了", "zh-Hans"],
    ["Sooooooo cute, thank you all", "太可爱了啊啊啊啊啊啊啊啊啊啊谢谢", "zh-Hans"],
    ["三步画出天空", "How I paint the sky in three steps", "en"],
    ["Pinto el cielo en tres pasos", "I paint the sky in three steps", "en"],
    ["My iPhone 15 Pro Max", "我的 iPhone 15", "zh-Hant"],
    ["Studio vlog, Lima", "Studio vlog, Lima", "en"],
    ["สอนวาดท้องฟ้า", "教你画天空", "zh-Hans"],
  ] as const)("%j as %j is believed", (source, answer, to) => {
    expect(judgeTranslation(source, answer, to)).toBeNull();
  });

  test.each([
    ["How I paint the sky", "", "zh-Hans", "empty"],
    ["How I paint the sky", " \n", "zh-Hans", "empty"],
    ["Thank you all so much", "(掌声)(掌声)", "zh-Hans", "again and again"],
    ["Thank you all", "谢谢大家谢谢大家谢谢大家谢谢大家", "zh-Hans", "again and again"],
    [
      "Wet into wet, one minute... no talking",
      "猫猫猫猫猫猫猫猫猫猫猫猫",
      "zh-Hans",
      "again and again",
    ],
    ["Wet into wet, one whole minute, no talking", "画画".repeat(10), "zh-Hans", "again and again"],
    ["How I paint the sky", "How I paint the sky", "zh-Hans", "not Chinese"],
    ["How I paint the sky", "空の描き方", "zh-Hans", "not Chinese"],
    ["How I paint the sky", "How I paint the 天", "zh-Hans", "most of the answer"],
    ["三步画出天空", "三步画出天空", "en", "English letters"],
    ["Pinto el cielo en tres pasos", "Pinto el  cielo en tres pasos.", "en", "the text itself"],
    ["How I paint the sky", "!!!", "zh-Hans", "no words"],
    [
      "How I paint the sky in three steps, and what I would never do again",
      "天",
      "zh-Hans",
      "short",
    ],
    [
      "How I paint",
      "当然可以，以下是您要求的翻译内容，希望您能够满意：我怎么画画",
      "zh-Hans",
      "long",
    ],
  ] as const)("%j as %j is refused", (source, answer, to, why) => {
    expect(judgeTranslation(source, answer, to)).toContain(why);
  });
});
