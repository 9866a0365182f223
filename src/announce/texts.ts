import type { Liquid } from "liquidjs";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { measure } from "../text/measure.ts";
import type { AnnouncementFacts } from "./facts.ts";
import { announcementSurfaces } from "./surfaces.ts";
import type {
  AnnouncementLanguage,
  AnnouncementSurface,
  AnnouncementTone,
  MostText,
} from "./surfaces.ts";
import {
  createTemplateEngine,
  parseTemplate,
  renderBody,
  renderLine,
  renderTopics,
  TemplateMistake,
  variablesIn,
} from "./template.ts";
import type { AnnouncementTemplate } from "./template.ts";
import { announcementVariables, contactVariables, settingsOf } from "./variables.ts";
import type { AnnouncementVariable, AnnouncementVariables } from "./variables.ts";

/** One text of the announcement, ready to be pasted. */
export interface AnnouncementText {
  surface: string;
  language: AnnouncementLanguage;
  title: string | null;
  /** Without the topics. */
  body: string;
  /** Without their sign. */
  topics: string[];
  /** What is pasted: the body and the line of topics. */
  full: string;
}

/** A text that could not be written, with the settings that would fill it. */
export interface NotWrittenText {
  surface: string;
  language: AnnouncementLanguage;
  settings: string[];
}

/** All texts of one tone. `problems` speaks of everything that was not written, `notWritten` too. */
export interface AnnouncementTexts {
  texts: AnnouncementText[];
  notWritten: NotWrittenText[];
  problems: Problem[];
}

/** What the texts are made of. */
export interface TextsInput {
  /** The templates by their path from templates/, as `templatePath` gives it. */
  templates: ReadonlyMap<string, string>;
  facts: AnnouncementFacts;
  tone: AnnouncementTone;
  languages: readonly AnnouncementLanguage[];
}

interface Place {
  surface: AnnouncementSurface;
  language: AnnouncementLanguage;
  path: string;
}

/** Where the template of a text lies, from templates/. */
export function templatePath(
  surface: string,
  tone: AnnouncementTone,
  language: AnnouncementLanguage,
): string {
  return `announcement/${surface}/${tone}.${language}.liquid`;
}

/** Writes the announcement for every surface, in every language asked for. One bad template never stops the rest. */
export function renderTexts({ templates, facts, tone, languages }: TextsInput): AnnouncementTexts {
  const engine = createTemplateEngine();
  const result: AnnouncementTexts = { texts: [], notWritten: [], problems: [] };
  for (const surface of announcementSurfaces) {
    for (const language of languages) {
      const path = templatePath(surface.id, tone, language);
      const place = { surface, language, path };
      const file = templates.get(path);
      try {
        if (file === undefined) throw new TemplateMistake("There is no such file.");
        renderOne(engine, parseTemplate(file), facts.variables, place, result);
      } catch (error) {
        if (!(error instanceof TemplateMistake)) throw error;
        result.problems.push(mistakeProblem(place, error.message));
      }
    }
  }
  return result;
}

function renderOne(
  engine: Liquid,
  template: AnnouncementTemplate,
  known: AnnouncementVariables,
  place: Place,
  result: AnnouncementTexts,
): void {
  const { surface, language } = place;
  const used = checkedVariables(engine, template, surface);
  const { variables, refused } = allowedVariables(known, used, surface);
  for (const variable of refused) result.problems.push(refusedProblem(place, variable));
  const lacking = (groups: AnnouncementVariable[][]): void => {
    const settings = settingsOf(groups.flat());
    result.notWritten.push({ surface: surface.id, language, settings });
    result.problems.push(notWrittenProblem(place, groups.map(settingsOf)));
  };
  const isMissing = (variable: AnnouncementVariable): boolean => variables[variable] === undefined;

  const unmet = template.needs.filter((group) => group.every(isMissing));
  if (unmet.length > 0) return lacking(unmet);
  const titles = template.titles
    .map((title) => renderLine(engine, title, variables))
    .filter((title) => title !== undefined);
  if (surface.title !== null && titles.length === 0) {
    return lacking(template.titles.map((title) => variablesIn(engine, title).filter(isMissing)));
  }
  const body = renderBody(engine, template.body, variables);
  if (body === "") return lacking([used.filter(isMissing)]);

  const fitting = titles.find((each) => fits(each, surface.title)) ?? null;
  const topics = renderTopics(engine, template.topics, variables).slice(0, surface.topics);
  const full = [body, topics.map((topic) => `#${topic}`).join(" ")].filter(Boolean).join("\n\n");
  if (surface.title !== null && fitting === null) {
    result.problems.push(tooLongProblem(place, "title", surface.title));
  } else if (!fits(full, surface.body)) {
    result.problems.push(tooLongProblem(place, "text", surface.body));
  } else {
    const title = surface.title === null ? null : fitting;
    refuseOtherPlaces([title ?? "", full], surface);
    result.texts.push({ surface: surface.id, language, title, body, topics, full });
  }
}

function fits(text: string, limit: MostText | null): boolean {
  return limit === null || measure(text, limit.unit) <= limit.most;
}

/** The variables of a whole template, after looking for what its surface cannot take. */
function checkedVariables(
  engine: Liquid,
  template: AnnouncementTemplate,
  surface: AnnouncementSurface,
): AnnouncementVariable[] {
  if (surface.title !== null && template.titles.length === 0) {
    throw new TemplateMistake("It has no line that begins with title:.");
  }
  const sources = [...template.titles, template.topics, template.body];
  const used = new Set(sources.flatMap((source) => variablesIn(engine, source)));
  const contact = contactVariables.find((variable) => used.has(variable));
  if (!surface.contacts && contact !== undefined) {
    throw new TemplateMistake(`It prints {{ ${contact} }}, and handles are punished there.`);
  }
  return [...used];
}

/** The known variables without those whose value the surface punishes, such as a name with an address in it. */
function allowedVariables(
  known: AnnouncementVariables,
  used: readonly AnnouncementVariable[],
  { refuses }: AnnouncementSurface,
): { variables: AnnouncementVariables; refused: AnnouncementVariable[] } {
  const variables = { ...known };
  const refused = used.filter((variable) => refuses?.test(known[variable] ?? ""));
  for (const variable of refused) delete variables[variable];
  return { variables, refused };
}

function refuseOtherPlaces(texts: readonly string[], { refuses }: AnnouncementSurface): void {
  for (const text of texts) {
    const found = refuses?.exec(text)?.[0];
    if (found !== undefined) {
      throw new TemplateMistake(`It says “${found}”, and that is punished there.`);
    }
  }
}

function notWrittenProblem({ surface, language }: Place, groups: string[][]): Problem {
  const needed = groups.map((settings) => settings.join(" or ")).join(", and ");
  const first = groups.flat().find((setting) => setting.startsWith("creator."));
  return problem(
    "text-not-written",
    `The ${surface.label} (${language}) was not written: it needs ${needed}.`,
    first === undefined
      ? ""
      : `Type: findmehere config set ${first} "…" and then: findmehere announce`,
  );
}

function refusedProblem({ surface }: Place, variable: AnnouncementVariable): Problem {
  const setting = announcementVariables[variable];
  return problem(
    "text-not-written",
    `Sentences with ${setting} were left out of the ${surface.label}: the value holds a sign or a name that is punished there.`,
    `Choose another value for ${setting} if you want it said.`,
    { severity: "warn" },
  );
}

function mistakeProblem({ surface, language, path }: Place, mistake: string): Problem {
  return problem(
    "template-broken",
    `The ${surface.label} (${language}) was not written because of its template templates/${path}. ${mistake}`,
    "Mend that file, or copy the original back, and run findmehere announce again.",
  );
}

function tooLongProblem({ surface, language }: Place, part: string, limit: MostText): Problem {
  return problem(
    "text-too-long",
    `The ${surface.label} (${language}) was not written: its ${part} is over ${limit.most} characters as that place counts.`,
    "Shorten the name or the other settings that it prints, or its template.",
  );
}
