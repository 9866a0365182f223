import { parseNiches } from "../../announce/lists.ts";
import type { NicheLists } from "../../announce/lists.ts";
import type { Step } from "../../core/event.ts";
import { ExpectedError } from "../../core/error.ts";
import { readTemplate } from "../../library/templates.ts";
import { assertZone } from "../../queue/local.ts";
import { checkSetting, parseSetting } from "../../settings/resolve.ts";
import type { SettingValue } from "../../settings/schema.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { isLibrary, newLibraryRoot, settingsOf, withNewLibrary } from "../library.ts";
import { missingAnswer, textOption } from "../options.ts";

/** Which flag answers which setting. */
export const initFlags: Record<string, string> = {
  tiktok: "creator.handles.tiktok",
  name: "creator.name",
  rednote: "creator.handles.rednote",
  rednoteId: "creator.handles.rednoteId",
  lemon8: "creator.handles.lemon8",
  niche: "creator.niche",
  shares: "creator.shares",
  city: "creator.city",
  pet: "creator.pet",
  timeZone: "creator.timeZone",
  perWeek: "queue.perWeek",
  deadline: "creator.deadline",
};

/** Makes a library with the creator's settings; asks on a terminal, else every answer is a flag. */
export async function* run(call: CommandCall): Step {
  const lists = parseNiches(await readTemplate(null, "niches.json"));
  if (call.options["list"] === true) return yield* listChoices(lists);
  const values = answersOfFlags(call);
  if (call.machine.interactive && !call.common.yes && !call.common.json) {
    const { askAnswers } = await import("../questions.ts");
    await askAnswers(values, lists, call.machine.timeZone, complaints(call));
  }
  const handle = values.get("creator.handles.tiktok");
  if (typeof handle !== "string" || handle === "") {
    throw missingAnswer("tiktok", "your TikTok handle");
  }
  const zone = values.get("creator.timeZone");
  if (typeof zone === "string") assertZone(zone, "creator.timeZone");
  const library = newLibraryRoot(call, handle);
  if (isLibrary(library)) {
    throw new ExpectedError({
      exit: "usage",
      code: "library-exists",
      what: `There is a library already: ${library}.`,
      why: "init never overwrites settings.",
      fix: "Change single settings with `findmehere config set NAME VALUE`, or make another library with --library FOLDER.",
    });
  }
  const there = { ...call, common: { ...call.common, library } };
  return yield* withNewLibrary({ call: there, handle, values }, async function* ({ root, paths }) {
    yield { type: "say", text: `Your settings are in ${paths.settings}.` };
    return {
      exit: "done",
      summary: {
        type: "summary",
        command: "init",
        schemaVersion: 1,
        library: root,
        settings: paths.settings,
        handle,
      },
    };
  });
}

/** Where the library lies, and what to do first. */
export function text({ events, result, library, paint }: Outcome): string[] {
  if (result.summary["choices"] !== undefined) {
    return events.flatMap((event) =>
      event.type === "setting" ? [`${event.path.padEnd(16)} ${String(event.value)}`] : [],
    );
  }
  return [
    paint.strong(`Your library: ${library}`),
    "Next, in this order:",
    "  1. On the phone, in TikTok: Settings, Account, Download your data; all data, JSON. It takes minutes to days.",
    "  2. When the file is there: findmehere migrate PATH-TO-THE-FILE.zip",
    "  3. Post the text that it writes, and pin that post.",
  ];
}

/** What is wrong with an answer, in words; null when it is right. */
function complaints(call: CommandCall): (path: string, answer: string) => string | null {
  const list = settingsOf(call);
  return (path, answer) => {
    if (path === "creator.handles.tiktok" && answer === "") return "This one is needed.";
    const setting = list.find((each) => each.path === path);
    if (setting === undefined || answer === "") return null;
    try {
      checkSetting(setting, parseSetting(setting, answer), "this answer");
      if (path === "creator.timeZone") assertZone(answer, path);
      return null;
    } catch (error) {
      if (error instanceof ExpectedError) return error.details.why ?? error.details.what;
      throw error;
    }
  };
}

function answersOfFlags(call: CommandCall): Map<string, SettingValue> {
  const list = settingsOf(call);
  const values = new Map<string, SettingValue>();
  for (const [flag, path] of Object.entries(initFlags)) {
    const given = textOption(call, flag);
    const setting = list.find((each) => each.path === path);
    if (given === undefined || setting === undefined) continue;
    const plain = path.startsWith("creator.handles.") ? given.trim().replace(/^@/, "") : given;
    values.set(path, checkSetting(setting, parseSetting(setting, plain), "the flag"));
  }
  return values;
}

async function* listChoices(lists: NicheLists): Step {
  const choices = [
    ...lists.niches.map(
      (each) => ["creator.niche", `${each.id}: ${each.en} | ${each.zh}`] as const,
    ),
    ...lists.shares.map(
      (each) => ["creator.shares", `${each.id}: ${each.en} | ${each.zh}`] as const,
    ),
    ...lists.places.map((each) => ["creator.city", `${each.en} | ${each.zh}`] as const),
    ...lists.pets.map((each) => ["creator.pet", `${each.id}: ${each.en} | ${each.zh}`] as const),
  ];
  for (const [path, value] of choices) yield { type: "setting", path, value, origin: "list" };
  return {
    exit: "done",
    summary: { type: "summary", command: "init", schemaVersion: 1, choices: choices.length },
  };
}
