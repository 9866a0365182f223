/** Which language stands first in a text, or alone. */
export type BodyLayout = "zh-first" | "en-first" | "zh-only" | "en-only";

/** Every layout, as the settings and `prepare --language` know it. */
export const bodyLayouts = [
  "zh-first",
  "en-first",
  "zh-only",
  "en-only",
] as const satisfies readonly BodyLayout[];

/** A language that readers read; Chinese is one whatever its script. */
export type ReadLanguage = "zh" | "en";

/** The languages of a layout in their order. */
export function layoutLanguages(layout: BodyLayout): readonly ReadLanguage[] {
  const first = layout.startsWith("zh") ? "zh" : "en";
  if (layout.endsWith("only")) return [first];
  return [first, first === "zh" ? "en" : "zh"];
}
