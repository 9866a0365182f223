import { counted } from "../../core/counted.ts";
import { parseNiches } from "../../announce/lists.ts";
import { nicheWords } from "../../announce/niche-words.ts";
import { parseTopicTable } from "../../compose/topic-table.ts";
import type { DraftEdit } from "../../core/draft-edit.ts";
import type { Step } from "../../core/event.ts";
import { readOwnTemplate, readTemplate } from "../../library/templates.ts";
import { preparePosts } from "../../steps/prepare.ts";
import { chineseOf, scriptsOf } from "../chinese.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { destinationsOption, layoutOption } from "../options.ts";

/** Makes or remakes drafts. */
export function run(call: CommandCall): Step {
  const { clock } = call.machine;
  return withLibrary(call, (library) =>
    locked(library.root, { command: "prepare", clock }, () => prepareInto(call, library)),
  );
}

/** The drafts of a library that is open and locked. */
export async function* prepareInto(call: CommandCall, library: OpenLibrary): Step {
  const { root, store, settings } = library;
  const posts = call.options["post"];
  const layout = layoutOption(call);
  const destinations = destinationsOption(call, library.destinations).map((destination) =>
    layout === null ? destination : { ...destination, layout },
  );
  const lists = parseNiches(await readTemplate(root, "niches.json"));
  const niche = new Map(
    destinations.flatMap(({ id, topicColumn }) => {
      const words = nicheWords(settings.creator.niche, lists, topicColumn);
      return words === null ? [] : [[id, words] as const];
    }),
  );
  const ownTopics = await readOwnTemplate(root, "topics.tsv");
  return yield* preparePosts({
    root,
    store,
    clock: call.machine.clock,
    destinations,
    accounts: accountsOf(call, settings),
    table: parseTopicTable(await readTemplate(null, "topics.tsv")),
    overrides: ownTopics === null ? null : parseTopicTable(ownTopics),
    chinese: chineseOf(settings),
    spacing: settings.text.spacing,
    scripts: () => scriptsOf(root),
    niche,
    posts: Array.isArray(posts) ? (posts as string[]) : null,
    privateToo: call.common.yes,
    force: call.options["force"] === true,
    dryRun: call.options["dryRun"] === true,
    drain: call.machine.interrupt.drain,
  });
}

/** What was made, where a person's words differ from ours, and the next command. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const { posts, drafts, made, unchanged, needTitleOrMedia, dryRun } = result.summary;
  const would = dryRun === true;
  const lines = [
    paint.strong(`${counted(Number(drafts), "draft")} of ${counted(Number(posts), "post")}.`) +
      ` ${String(made)} ${would ? "would be made" : "made"}, ${String(unchanged)} unchanged.`,
    ...editLines(
      events.filter((event) => event.type === "edit"),
      { would, paint },
    ),
    `Look at them in ${library}/drafts. What you change in title.txt and body.txt stays.`,
  ];
  if (Number(needTitleOrMedia) > 0) {
    lines.push(`${String(needTitleOrMedia)} of them need you before they can go out.`);
  }
  return [...lines, would ? "Nothing was changed." : "Next: findmehere queue add"];
}

/** More drafts than this are counted, not shown. */
const mostEdits = 10;
const mostLines = 12;

function editLines(
  edits: readonly DraftEdit[],
  { would, paint }: { would: boolean; paint: Outcome["paint"] },
): string[] {
  if (edits.length === 0) return [];
  const isForced = edits.some(({ kept }) => kept !== undefined);
  const items = Map.groupBy(edits, ({ post, to }) => `${post}@${to}`);
  const shown = [...items]
    .slice(0, mostEdits)
    .flatMap(([item, parts]) => [
      `  ${item}`,
      ...parts.flatMap(({ part, difference, kept }) => [
        `    ${part}.txt${kept === undefined ? "" : `, your words are now in ${kept}`}`,
        ...difference.slice(0, mostLines).map((line) => `      ${coloured(line, paint)}`),
        ...(difference.length > mostLines ? [`      … --json shows the rest`] : []),
      ]),
    ]);
  const words = items.size === 1 ? "1 draft has" : `${String(items.size)} drafts have`;
  return [
    isForced
      ? `${words} findmehere's words again; yours are kept beside them (- ours, + yours):`
      : `${words} words of yours, and ${would ? "would keep" : "keep"} them (- what findmehere would write, + yours):`,
    ...shown,
    ...(items.size > mostEdits ? [`  … and ${String(items.size - mostEdits)} more.`] : []),
  ];
}

function coloured(line: string, paint: Outcome["paint"]): string {
  if (line.startsWith("-")) return paint.bad(line);
  return line.startsWith("+") ? paint.good(line) : paint.faint(line);
}
