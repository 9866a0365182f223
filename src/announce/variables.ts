/**
 * Every variable that a template may use, with what the creator fills in to have it. `_zh` is Simplified,
 * `_zh_hant` Traditional Chinese.
 */
export const announcementVariables = {
  name: "creator.name",
  tiktok: "creator.handles.tiktok",
  rednote_name: "creator.handles.rednote",
  rednote_id: "creator.handles.rednoteId",
  rednote_line_en: "creator.handles.rednoteId",
  rednote_line_zh: "creator.handles.rednoteId",
  rednote_line_zh_hant: "creator.handles.rednoteId",
  rednote_short_en: "creator.handles.rednoteId",
  rednote_short_zh: "creator.handles.rednoteId",
  rednote_short_zh_hant: "creator.handles.rednoteId",
  lemon8: "creator.handles.lemon8",
  niche_en: "creator.niche",
  niche_zh: "creator.niche",
  niche_zh_hant: "creator.niche",
  niche_short_en: "creator.niche",
  niche_short_zh: "creator.niche",
  niche_short_zh_hant: "creator.niche",
  niche_tag_en: "creator.niche",
  niche_tag_zh: "creator.niche",
  share_en: "creator.shares",
  share_zh: "creator.shares",
  share_zh_hant: "creator.shares",
  city_en: "creator.city",
  city_zh: "creator.city",
  city_zh_hant: "creator.city",
  pet_en: "creator.pet",
  pet_zh: "creator.pet",
  pet_zh_hant: "creator.pet",
  pet_tag_zh: "creator.pet",
  since_year: "the date of your first post",
  date_en: "the date",
  date_zh: "the date",
} as const;

/** The name of a variable of the announcement. */
export type AnnouncementVariable = keyof typeof announcementVariables;

/** The variables that a creator could fill in; a variable that is not known is absent. */
export type AnnouncementVariables = Partial<Record<AnnouncementVariable, string>>;

/** The variables that say where else to find the creator; some places punish them. */
export const contactVariables: readonly AnnouncementVariable[] = [
  "tiktok",
  "rednote_name",
  "rednote_id",
  "rednote_line_en",
  "rednote_line_zh",
  "rednote_line_zh_hant",
  "rednote_short_en",
  "rednote_short_zh",
  "rednote_short_zh_hant",
  "lemon8",
];

/** Whether a word is the name of a variable. */
export function isAnnouncementVariable(word: string): word is AnnouncementVariable {
  return Object.hasOwn(announcementVariables, word);
}

/** The settings behind some variables, each once. */
export function settingsOf(variables: Iterable<AnnouncementVariable>): string[] {
  return [...new Set(Array.from(variables, (variable) => announcementVariables[variable]))];
}
