import type { Liquid } from "liquidjs";
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
  mistakeProblem,
  notWrittenProblems,
  refusedProblem,
  tooLongProblem,
} from "./text-problems.ts";
import type { LackingText, TextPlace } from "./text-problems.ts";
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
import { contactVariables, settingsOf } from "./variables.ts";
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

/** What is gathered on the way. */
interface Gathered {
  texts: AnnouncementText[];
  lacking: LackingText[];
  problems: Problem[];
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
  const gathered: Gathered = { texts: [], lacking: [], problems: [] };
  for (const surface of announcementSurfaces) {
    for (const language of languages) {
      const path = templatePath(surface.id, tone, language);
      const place = { surface, language, path };
      const file = templates.get(path);
      try {
        if (file === undefined) throw new TemplateMistake("There is no such file.");
        renderOne(engine, parseTemplate(file), facts.variables, place, gathered);
      } catch (error) {
        if (!(error instanceof TemplateMistake)) throw error;
        gathered.problems.push(mistakeProblem(place, error.message));
      }
    }
  }
  const { texts, lacking, problems } = gathered;
  return {
    texts,
    notWritten: lacking.map(({ place, groups }) => ({
      surface: place.surface.id,
      language: place.language,
      settings: [...new Set(groups.flat())],
    })),
    // The languages of a surface leave out the same value; that is said once.
    problems: uniqueProblems([...notWrittenProblems(lacking), ...problems]),
  };
}

function uniqueProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [each.message, each])).values()];
}

function renderOne(
  engine: Liquid,
  template: AnnouncementTemplate,
  known: AnnouncementVariables,
  place: TextPlace,
  gathered: Gathered,
): void {
  const { surface, language } = place;
  const used = checkedVariables(engine, template, surface);
  const { variables, refused } = allowedVariables(known, used, surface);
  for (const variable of refused) gathered.problems.push(refusedProblem(place, variable));
  const lacks = (groups: AnnouncementVariable[][]): void => {
    gathered.lacking.push({ place, groups: groups.map(settingsOf) });
  };
  const isMissing = (variable: AnnouncementVariable): boolean => variables[variable] === undefined;

  const unmet = template.needs.filter((group) => group.every(isMissing));
  if (unmet.length > 0) return lacks(unmet);
  const titles = template.titles
    .map((title) => renderLine(engine, title, variables))
    .filter((title) => title !== undefined);
  if (surface.title !== null && titles.length === 0) {
    return lacks(template.titles.map((title) => variablesIn(engine, title).filter(isMissing)));
  }
  const bodies = template.bodies
    .map((body) => renderBody(engine, body, variables))
    .filter((body) => body !== "");
  if (bodies.length === 0) return lacks([used.filter(isMissing)]);

  const topics = renderTopics(engine, template.topics, variables).slice(0, surface.topics);
  const tags = topics.map((topic) => `#${topic}`).join(" ");
  const wordings = bodies.map((body) => ({
    body,
    full: [body, tags].filter(Boolean).join("\n\n"),
  }));
  const fitting = wordings.find(({ full }) => fitsSurface(full, surface));
  const title = titles.find((each) => fits(each, surface.title)) ?? null;
  if (surface.title !== null && title === null) {
    gathered.problems.push(tooLongProblem(place, "title"));
  } else if (fitting === undefined) {
    gathered.problems.push(tooLongProblem(place, "text"));
  } else {
    const own = surface.title === null ? null : title;
    refuseOtherPlaces([own ?? "", fitting.full], surface);
    gathered.texts.push({ surface: surface.id, language, title: own, ...fitting, topics });
  }
}

function fitsSurface(text: string, { body, lines }: AnnouncementSurface): boolean {
  if (!fits(text, body)) return false;
  if (lines === null) return true;
  const own = text.split("\n");
  return own.length <= lines.most && own.every((line) => fits(line, lines.each));
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
  const sources = [...template.titles, template.topics, ...template.bodies];
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
