import { stripInvisible } from "../text/normalise.ts";
import { findEntry } from "./lists.ts";
import type { ListEntry } from "./lists.ts";

/** The same thing said in the languages in which it is known. */
export interface Words {
  en?: string | undefined;
  zh?: string | undefined;
  zhHant?: string | undefined;
}

const han = /\p{Script=Han}/u;

/** Reads a setting: an id or name of a list, or free text as `english | 中文`, or one of the two. */
export function readWords(setting: string, entries: readonly ListEntry[]): Words {
  const [first = "", second = ""] = setting.split(/[|｜]/u).map(oneLine);
  const listed = second === "" ? findEntry(entries, first) : undefined;
  if (listed !== undefined) {
    return { en: listed.en, zh: listed.zh, zhHant: listed.zhHant ?? listed.zh };
  }
  if (second === "") return han.test(first) ? { zh: first } : given(first, "");
  // People who write Chinese first are understood too.
  return han.test(first) && !han.test(second) ? given(second, first) : given(first, second);
}

function given(en: string, zh: string): Words {
  return { en: en === "" ? undefined : en, zh: zh === "" ? undefined : zh };
}

/** One line without signs that cannot be seen. */
export function oneLine(text: string): string {
  return stripInvisible(text.replace(/\s+/gu, " ")).trim();
}
