import { readOwnTemplate, readTemplate } from "../library/templates.ts";
import type { Settings } from "../settings/schema.ts";
import { chineseScripts, parseChinesePairs } from "../text/chinese.ts";
import type { ChineseScripts } from "../text/chinese.ts";

/** How Chinese is written on each destination, by id. */
export function chineseOf(settings: Settings): ReadonlyMap<string, "zh-Hans" | "zh-Hant"> {
  return new Map(Object.entries(settings.destinations).map(([id, { chinese }]) => [id, chinese]));
}

/** The two Chinese scripts with our table of words and the creator's own, which wins. */
export async function scriptsOf(root: string): Promise<ChineseScripts> {
  return chineseScripts([
    ...parseChinesePairs(await readTemplate(null, "chinese.tsv")),
    ...parseChinesePairs((await readOwnTemplate(root, "chinese.tsv")) ?? ""),
  ]);
}
