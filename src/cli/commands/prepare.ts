import { parseNiches } from "../../announce/lists.ts";
import { nicheWords } from "../../announce/niche-words.ts";
import { parseTopicTable } from "../../compose/topic-table.ts";
import type { Step } from "../../core/event.ts";
import { readTemplate } from "../../library/templates.ts";
import { preparePosts } from "../../steps/prepare.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { destinationsOption } from "../options.ts";

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
  const destinations = destinationsOption(call);
  const lists = parseNiches(await readTemplate(root, "niches.json"));
  const niche = new Map(
    destinations.flatMap(({ id, topicColumn }) => {
      const words = nicheWords(settings.creator.niche, lists, topicColumn);
      return words === null ? [] : [[id, words] as const];
    }),
  );
  return yield* preparePosts({
    root,
    store,
    clock: call.machine.clock,
    destinations,
    accounts: accountsOf(call, settings),
    table: parseTopicTable(await readTemplate(root, "topics.tsv")),
    niche,
    posts: Array.isArray(posts) ? (posts as string[]) : null,
    privateToo: call.common.yes,
    force: call.options["force"] === true,
    dryRun: call.options["dryRun"] === true,
    drain: call.machine.interrupt.drain,
  });
}

/** What was made, and the next command. */
export function text({ result, library, paint }: Outcome): string[] {
  const { posts, drafts, made, unchanged, needTitleOrMedia } = result.summary;
  const lines = [
    paint.strong(`${String(drafts)} drafts of ${String(posts)} posts.`) +
      ` ${String(made)} made, ${String(unchanged)} unchanged.`,
    `Look at them in ${library}/drafts. What you change in title.txt and body.txt stays.`,
  ];
  if (Number(needTitleOrMedia) > 0) {
    lines.push(`${String(needTitleOrMedia)} of them need you before they can go out.`);
  }
  return [...lines, "Next: findmehere queue add"];
}
