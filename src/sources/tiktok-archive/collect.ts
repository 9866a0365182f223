import {
  isKnownSection,
  isPostSection,
  sectionForm,
  sectionUse,
} from "../../tiktok/archive-sections.ts";
import { isRecord, looseValue } from "../../tiktok/archive-value.ts";
import { archiveDate } from "../../tiktok/time.ts";
import {
  type ArchiveContent,
  archiveForms,
  contentKeeper,
  emptyContent,
  keyName,
} from "./content.ts";
import {
  isScalar,
  type JsonChoice,
  type JsonKind,
  type JsonPath,
  type JsonVisitor,
} from "../../edge/json/visitor.ts";
import { peopleList } from "./people.ts";

/** Makes the visitor that fills the content while the JSON of an archive goes by. */
export function collector(source: string): { content: ArchiveContent; visitor: JsonVisitor } {
  const content = emptyContent("old");
  const keeper = contentKeeper(content);

  function choose(path: JsonPath, kind: JsonKind): JsonChoice {
    const place = path.at(-1);
    if (typeof place === "number") return insideList(path, kind);
    const keys = path.map(String);
    const use = sectionUse(keys);
    if (path.length === 1) noticeSection(String(place));
    if (use === "unknown") keeper.addUnknown(pathName(path));
    if (use === "profile") return kind === "object" ? "keep" : "skip";
    if (use === "followers" || use === "following") {
      if (kind === "array") {
        content.lengths[use] = 0;
        content.people[use] = peopleList();
      }
      return kind === "array" ? "enter" : "skip";
    }
    if (use === "posts") content.hasPostSection = true;
    if (use === "story" && path.length > 2) return insideStory(path);
    // The parts with our posts are entered whatever they are, so that a new shape is noticed.
    if (isScalar(kind) || use === "unknown" || use === "skip") return "skip";
    const ours = use === "posts" || isPostSection(keys[0] ?? "");
    return kind === "object" || ours ? "enter" : "skip";
  }

  /** The shape of a story that is not empty is not known, so only its name is said. */
  function insideStory(path: JsonPath): JsonChoice {
    keeper.addUnknown(pathName(path.slice(0, 2)));
    return "skip";
  }

  function noticeSection(key: string): void {
    if (isKnownSection(key)) content.recognised = true;
    if (isPostSection(key)) content.hasPostSection = true;
    const form = sectionForm(key);
    if (archiveForms.indexOf(form) > archiveForms.indexOf(content.form)) content.form = form;
  }

  function insideList(path: JsonPath, kind: JsonKind): JsonChoice {
    const use = sectionUse(path.slice(0, -1).map(String));
    if (use === "posts") return "keep";
    if (use === "story") return insideStory(path);
    if (use === "enter") keeper.addUnknown(`${pathName(path.slice(0, -1))}[]`);
    if (isScalar(kind)) return "skip";
    if (use === "deleted") return "keep";
    if (use === "followers" || use === "following") {
      content.lengths[use] = (content.lengths[use] ?? 0) + 1;
      return kind === "object" ? "keep" : "skip";
    }
    return "skip";
  }

  function kept(path: JsonPath, value: unknown): void {
    if (typeof path.at(-1) !== "number") {
      content.profile = value;
      return;
    }
    const use = sectionUse(path.slice(0, -1).map(String));
    const dateText = isRecord(value) ? looseValue(value, "Date") : null;
    const date = typeof dateText === "string" ? archiveDate(dateText) : null;
    if (use === "followers" || use === "following") {
      const handle = isRecord(value) ? looseValue(value, "UserName") : null;
      if (typeof handle === "string") content.people[use]?.add({ handle, date: date ?? "" });
      return;
    }
    const place = pathName(path);
    if (use === "deleted") {
      keeper.addDeleted(place, date);
      return;
    }
    const own = isPostSection(String(path[0]));
    keeper.addRow(value, { place, list: `${pathName(path.slice(0, -1))}[]`, source, own });
  }

  return { content, visitor: { choose, kept } };
}

function pathName(path: JsonPath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${keyName(part)}`))
    .join("")
    .replace(/^\./, "");
}
