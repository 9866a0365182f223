/** Problem codes of translations, part of the one table. */
export const translationProblemCodes = {
  "translation-refused": {
    severity: "warn",
    meaning: "a translator's answer cannot be right; it was not kept",
  },
  "translation-stopped": {
    severity: "warn",
    meaning: "the translator stopped before all was translated; what came is kept",
  },
  "translation-not-taken": {
    severity: "warn",
    meaning: "a row of a file of translations does not fit a post; it was left out",
  },
  "translation-lost-link": {
    severity: "warn",
    meaning: "a person's translation lacks a handle or an address of the caption",
  },
} as const;
