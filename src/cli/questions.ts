import inquirer from "inquirer";
import type { NicheLists } from "../announce/lists.ts";
import { ExpectedError } from "../core/error.ts";
import type { SettingValue } from "../settings/schema.ts";

/** Asks what the flags have not answered, in a few short questions; an empty answer leaves a setting open. */
export async function askAnswers(
  values: Map<string, SettingValue>,
  lists: NicheLists,
  timeZone: string,
  complaint: (path: string, answer: string) => string | null,
): Promise<void> {
  const words = (list: readonly { id: string; en: string; zh: string }[]) =>
    list.map(({ id, en, zh }) => ({ value: id, name: `${en}  ${zh}` }));
  const none = { value: "", name: "(leave it open)" };
  const choose = (path: string, message: string, choices: { value: string; name: string }[]) =>
    ask(values, path, () =>
      inquirer.prompt([{ type: "select", name: "answer", message, choices, pageSize: 12 }]),
    );
  const type = (path: string, message: string, fallback = "") =>
    ask(values, path, () =>
      inquirer.prompt([
        {
          type: "input",
          name: "answer",
          message,
          validate: (answer: string) => complaint(path, plainAnswer(path, answer)) ?? true,
          ...(fallback === "" ? {} : { default: fallback }),
        },
      ]),
    );
  try {
    await type("creator.handles.tiktok", "Your TikTok handle, without @:");
    await type("creator.name", "Your name, as followers know it (may stay empty):");
    await type("creator.handles.rednoteId", "Your RedNote ID 小红书号, if you have an account:");
    await type("creator.handles.rednote", "Your display name on RedNote, if you have an account:");
    await type("creator.handles.lemon8", "Your Lemon8 handle, if you have an account:");
    await choose("creator.niche", "What do you make?", [none, ...words(lists.niches)]);
    await ask(values, "creator.shares", () =>
      inquirer.prompt([
        {
          type: "checkbox",
          name: "answer",
          message: "What will you share? Up to three, with the space bar:",
          choices: words(lists.shares),
          pageSize: 12,
          validate: (chosen: readonly unknown[]) => chosen.length <= 3 || "At most three.",
        },
      ]),
    );
    await type("creator.city", "Where are you from (may stay empty)?");
    await choose("creator.pet", "A pet? It is well loved on RedNote.", [
      none,
      ...words(lists.pets),
    ]);
    await type("creator.timeZone", "Your time zone:", timeZone);
    await type(
      "creator.deadline",
      "By which day do you want to be done? Such as 2026-12-24, or empty:",
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new ExpectedError({
      exit: "interrupted",
      code: "interrupted",
      what: "Nothing was made.",
      fix: "Type `findmehere init` to start again.",
    });
  }
}

/** Asks for a yes; the safe answer is what Return alone means. */
export async function askYes(message: string): Promise<boolean> {
  try {
    const { answer } = await inquirer.prompt<{ answer: boolean }>([
      { type: "confirm", name: "answer", message, default: false },
    ]);
    return answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") return false;
    throw error;
  }
}

async function ask(
  values: Map<string, SettingValue>,
  path: string,
  question: () => Promise<{ answer: unknown }>,
): Promise<void> {
  if (values.has(path)) return;
  const { answer } = await question();
  if (Array.isArray(answer)) {
    if (answer.length > 0) values.set(path, answer.map(String));
    return;
  }
  const plain = plainAnswer(path, String(answer ?? ""));
  if (plain !== "") values.set(path, plain);
}

/** An answer as it is kept: handles without their sign. */
function plainAnswer(path: string, answer: string): string {
  const text = answer.trim();
  return path.startsWith("creator.handles.") ? text.replace(/^@/, "") : text;
}
