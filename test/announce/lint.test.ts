import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { announcementLanguages, announcementTones } from "../../src/announce/surfaces.ts";
import { renderTexts } from "../../src/announce/texts.ts";
import { lintDraft } from "../../src/compose/lint-draft.ts";
import { destinations } from "../../src/destinations/index.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { factsOf, full, lists, onlyHandle, templates } from "./sample.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);

test("no text for RedNote or Lemon8 holds a word that its place may limit, whatever the niche", () => {
  const creators = [
    onlyHandle,
    ...lists.niches.map(({ id }) => ({ ...full, niche: id })),
    ...lists.shares.map(({ id }) => ({ ...full, shares: [id] })),
  ];
  let looked = 0;
  for (const creator of creators) {
    for (const tone of announcementTones) {
      const { texts } = renderTexts({
        ...{ templates, facts: factsOf(creator, 2021), tone },
        languages: announcementLanguages,
      });
      for (const { surface, title, full: body } of texts) {
        const destination = destinations.find(({ id }) => surface.startsWith(`${id}-`));
        if (destination === undefined) continue;
        looked += 1;
        const found = lintDraft(destination, { title: title ?? "", body }, rules);
        expect(found.filter(({ severity }) => severity !== "note")).toEqual([]);
      }
    }
  }
  expect(looked).toBeGreaterThan(200);
});
