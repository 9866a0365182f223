import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { AnnouncementLanguage, AnnouncementSurface } from "./surfaces.ts";
import { announcementVariables } from "./variables.ts";
import type { AnnouncementVariable } from "./variables.ts";

/** One text of the announcement by its place. */
export interface TextPlace {
  surface: AnnouncementSurface;
  language: AnnouncementLanguage;
  /** Of its template, from templates/. */
  path: string;
}

/** A text that lacks a setting: one of each group is needed. */
export interface LackingText {
  place: TextPlace;
  groups: string[][];
}

/** What could not be written for want of settings; texts that want the same are said in one sentence. */
export function notWrittenProblems(lacking: readonly LackingText[]): Problem[] {
  const wishes = Map.groupBy(lacking, ({ groups }) =>
    groups.map((settings) => settings.join(" or ")).join(", and "),
  );
  return [...wishes].map(([needed, texts]) => {
    const [first] = texts.flatMap(({ groups }) =>
      groups.flat().filter((setting) => setting.startsWith("creator.")),
    );
    const one = new Set(texts.map(({ place }) => place.surface.id)).size === 1;
    const were = one ? "was not written: it needs" : "were not written: they need";
    return problem(
      "text-not-written",
      `The ${namesOf(texts)} ${were} ${needed}.`,
      first === undefined
        ? ""
        : `Type: findmehere config set ${first} "…" and then: findmehere announce`,
    );
  });
}

/** Each surface once, those of the same languages together. */
function namesOf(texts: readonly LackingText[]): string {
  const bySurface = Map.groupBy(texts, ({ place }) => place.surface.label);
  const byLanguages = Map.groupBy(bySurface, ([, own]) =>
    own.map(({ place }) => place.language).join(", "),
  );
  return Array.from(
    byLanguages,
    ([languages, own]) => `${joined(own.map(([label]) => label))} (${languages})`,
  ).join(", ");
}

function joined(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** A value that its surface punishes, so that what prints it was left out. */
export function refusedProblem({ surface }: TextPlace, variable: AnnouncementVariable): Problem {
  const setting = announcementVariables[variable];
  return problem(
    "text-not-written",
    `Sentences with ${setting} were left out of the ${surface.label}: the value holds a sign or a name that is punished there.`,
    `Choose another value for ${setting} if you want it said.`,
    { severity: "warn" },
  );
}

/** A mistake in the template of a text. */
export function mistakeProblem(place: TextPlace, mistake: string): Problem {
  const { surface, language, path } = place;
  return problem(
    "template-broken",
    `The ${surface.label} (${language}) was not written because of its template templates/${path}. ${mistake}`,
    "Mend that file, or copy the original back, and run findmehere announce again.",
  );
}

/** A text none of whose wordings fits its surface. */
export function tooLongProblem(place: TextPlace, part: "title" | "text"): Problem {
  const { surface, language } = place;
  const limit = part === "title" ? surface.title : surface.body;
  const over =
    limit !== null
      ? `over ${limit.most} characters as that place counts`
      : `too long to be read there: ${surface.lines?.most} lines of ${surface.lines?.each.most} Chinese characters or ${2 * (surface.lines?.each.most ?? 0)} letters`;
  return problem(
    "text-too-long",
    `The ${surface.label} (${language}) was not written: its ${part} is ${over}.`,
    "Shorten the name or the other settings that it prints, or its template.",
  );
}
