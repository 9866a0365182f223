import { Liquid, LiquidError } from "liquidjs";
import { stripInvisible } from "../text/normalise.ts";
import { isAnnouncementVariable } from "./variables.ts";
import type { AnnouncementVariable, AnnouncementVariables } from "./variables.ts";

/**
 * A template of the announcement. Its file begins with a few lines that a creator can edit:
 *
 *     title: Hi from {{ city_en }}!        several of them: the first whose variables are known and that fits
 *     title: Hi everyone!
 *     needs: lemon8, rednote_id | rednote_name     without these (| is "or") the text is not written
 *     topics: hellolemon8, {{ niche_tag_en }}
 *     # a line like this is only a note
 *     ---
 *
 * and after the three dashes comes the text. A line of the text that prints an unknown variable is left out.
 * After a line `--- shorter` a shorter wording may stand, for where the one before does not fit; it may stand again.
 */
export interface AnnouncementTemplate {
  titles: string[];
  /** One variable of each group has to be known. */
  needs: AnnouncementVariable[][];
  topics: string;
  /** The wordings, the best one first. */
  bodies: string[];
}

/** A mistake in a template file, in words for the person who edits it. */
export class TemplateMistake extends Error {
  override readonly name = "TemplateMistake";
}

/** Stands for a variable that is not known until its line is left out; values never hold control characters. */
const missingMark = "\u0000";

const keptTags = new Set(["if", "unless", "case", "assign", "comment", "raw", "#"]);
/** Filters that read the clock or chance, or that would print past the mark for missing variables. */
const droppedFilters = /^(?:date|date_.*|sample|raw|hmac_sha256)$/u;

const shorterMark = "--- shorter";

function isShorterMark(line: string): boolean {
  return line.trim().replace(/\s+/gu, " ") === shorterMark;
}

/** Takes the file of a template apart. */
export function parseTemplate(file: string): AnnouncementTemplate {
  const lines = file.replace(/^\uFEFF/u, "").split(/\r\n?|\n/u);
  const end = lines.findIndex((line) => line.trim() === "---");
  const template: AnnouncementTemplate = { titles: [], needs: [], topics: "", bodies: [] };
  for (const [index, line] of lines.slice(0, Math.max(end, 0)).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    readHeader(template, line, index + 1);
  }
  let begin = end + 1;
  for (const [index, line] of [...lines, shorterMark].entries()) {
    if (index < begin || !isShorterMark(line)) continue;
    // Empty lines in place of what stands before keep the line numbers of Liquid's messages right.
    template.bodies.push("\n".repeat(begin) + lines.slice(begin, index).join("\n"));
    begin = index + 1;
  }
  return template;
}

function readHeader(template: AnnouncementTemplate, line: string, number: number): void {
  const [, key, value = ""] = /^(title|needs|topics)\s*[:：]\s*(.*?)\s*$/u.exec(line) ?? [];
  if (key === "title") template.titles.push(value);
  else if (key === "topics") template.topics = value;
  else if (key === "needs") template.needs.push(...value.split(/[,，]/u).map(readGroup));
  else {
    throw new TemplateMistake(
      `Line ${number} should begin with title:, needs: or topics:, and the text should begin after a line of three dashes.`,
    );
  }
}

function readGroup(group: string): AnnouncementVariable[] {
  return group.split("|").map((word) => {
    const variable = word.trim();
    if (isAnnouncementVariable(variable)) return variable;
    throw new TemplateMistake(`It needs “${variable}”, which is not a variable.`);
  });
}

/** A Liquid without files, loops, clock and chance: a template can only print and choose. */
export function createTemplateEngine(): Liquid {
  const engine = new Liquid({
    templates: {},
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: 100_000,
    renderLimit: 300,
    memoryLimit: 1_000_000,
    outputEscape: (value: unknown) =>
      value === undefined || value === null || value === "" ? missingMark : String(value),
  });
  for (const tag of Object.keys(engine.tags)) {
    if (!keptTags.has(tag)) delete engine.tags[tag];
  }
  for (const filter of Object.keys(engine.filters)) {
    if (droppedFilters.test(filter)) delete engine.filters[filter];
  }
  return engine;
}

/** The variables that a piece of a template speaks of. A name that is not a variable is a mistake. */
export function variablesIn(engine: Liquid, source: string): AnnouncementVariable[] {
  return spoken(() => engine.globalVariablesSync(source)).map((word) => {
    if (isAnnouncementVariable(word)) return word;
    throw new TemplateMistake(`It prints {{ ${word} }}, which is not a variable.`);
  });
}

/** Renders a piece of one line; undefined where it prints a variable that is not known. */
export function renderLine(
  engine: Liquid,
  source: string,
  variables: AnnouncementVariables,
): string | undefined {
  const text = spoken(() => String(engine.parseAndRenderSync(source, variables)));
  return text.includes(missingMark) ? undefined : stripInvisible(text).trim();
}

/** Renders topics parted by commas, without those whose variable is not known; each once, without # and spaces. */
export function renderTopics(
  engine: Liquid,
  source: string,
  variables: AnnouncementVariables,
): string[] {
  const text = spoken(() => String(engine.parseAndRenderSync(source, variables)));
  const topics = text
    .split(/[,，]/u)
    .filter((topic) => !topic.includes(missingMark))
    .map((topic) => stripInvisible(topic).replace(/[#＃\s]+/gu, ""));
  return [...new Set(topics.filter((topic) => topic !== ""))];
}

/** Renders a text without the lines whose variable is not known, and never with two empty lines in a row. */
export function renderBody(
  engine: Liquid,
  source: string,
  variables: AnnouncementVariables,
): string {
  return spoken(() => String(engine.parseAndRenderSync(source, variables)))
    .split("\n")
    .filter((line) => !line.includes(missingMark))
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
}

/** Liquid's own messages name the line and the column; they belong to the person who edits the template. */
function spoken<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    throw new TemplateMistake(`Liquid says: ${error.message}.`, { cause: error });
  }
}
