import { counted } from "../../core/counted.ts";
import type { Step, StepResult, SummaryEvent } from "../../core/event.ts";
import type { ExitName } from "../../core/exit.ts";
import type { Need } from "../../steps/status/needs.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withNewLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import {
  dayOption,
  destinationsOption,
  exportFilter,
  languagesOption,
  linksWanted,
  orderOption,
  speedOption,
  toneOption,
} from "../options.ts";
import { megabytes } from "../output.ts";
import { readInputs } from "../read-inputs.ts";
import { announceInto } from "./announce.ts";
import { exportInto } from "./export.ts";
import { prepareInto } from "./prepare.ts";
import { enqueueInto } from "./queue-add.ts";
import { statusOf, text as statusText } from "./status.ts";

/** The main job: export, announce, prepare, queue add, status. */
export async function* run(call: CommandCall): Step {
  // What is wrong with an option is said before an hour of downloading, not after it.
  exportFilter(call);
  speedOption(call);
  linksWanted(call);
  dayOption(call, "start");
  destinationsOption(call);
  orderOption(call);
  toneOption(call);
  languagesOption(call);
  const { read, libraryId, handle } = yield* readInputs(call);
  return yield* withNewLibrary({ call, handle, libraryId }, async function* (library) {
    const exported = yield* locked(
      library.root,
      { command: "migrate", clock: call.machine.clock },
      () => exportInto(call, library, read),
    );
    if (exported.exit === "interrupted") return asMigrate({ export: exported }, exported.exit);
    return yield* afterExport(call, library, exported);
  });
}

async function* afterExport(call: CommandCall, library: OpenLibrary, exported: StepResult): Step {
  const { drain } = call.machine.interrupt;
  const results: Record<string, StepResult> = { export: exported };
  const { root } = library;
  const holder = { command: "migrate", clock: call.machine.clock };
  const parts: [string, () => Step][] = [
    ["announce", () => locked(root, holder, () => announceInto(call, library))],
    ["prepare", () => locked(root, holder, () => prepareInto(call, library))],
    ["queue", () => enqueueInto(call, library, {})],
    ["status", () => statusOf(call, library)],
  ];
  for (const [name, part] of parts) {
    if (drain.aborted) return asMigrate(results, "interrupted");
    results[name] = yield* quietly(name, part());
  }
  const exits = Object.values(results).map((result) => result.exit);
  return asMigrate(results, exits.find((exit) => exit !== "done") ?? "done");
}

/** Says everything once: the status repeats the plan's slots, and the plan repeats why a draft is held. */
async function* quietly(name: string, step: Step): Step {
  for (;;) {
    const next = await step.next();
    if (next.done) return next.value;
    const said = next.value;
    const told = name === "prepare" && said.type === "problem" && said.severity === "stop";
    if (name !== "status" && !told) yield said;
  }
}

function asMigrate(results: Record<string, StepResult>, exit: ExitName): StepResult {
  const part = (name: string): Record<string, unknown> => {
    const {
      type: _type,
      command: _command,
      schemaVersion: _version,
      ...rest
    } = results[name]?.summary ?? emptySummary;
    return rest;
  };
  const { found, exported, unchanged, skipped, failed, bytes, unjoined } = part("export");
  const { planned, held, firstDue, lastDue } = part("queue");
  return {
    exit,
    summary: {
      type: "summary",
      command: "migrate",
      schemaVersion: 1,
      ...{ found, exported, unchanged, skipped, failed, bytes, unjoined },
      ...{ planned, held, firstDue, lastDue },
      announce: part("announce"),
      prepare: part("prepare"),
      status: part("status"),
    },
  };
}

/** The one thing that cannot wait, where its text could be written. */
function announceNow({ events }: Outcome): string[] {
  const caption = events.find(
    (event) => event.type === "text" && event.surface === "tiktok-caption",
  );
  if (caption?.type !== "text") {
    return [
      "Do now: say where you will be. Set your RedNote ID or Lemon8 handle, then write the texts again:",
      "  findmehere config set creator.handles.lemon8 YOUR-HANDLE",
      "  findmehere announce",
    ];
  }
  return [`Do now: post the text of ${caption.files.at(-1) ?? ""} on TikTok and pin that post.`];
}

const emptySummary: SummaryEvent = { type: "summary", command: "", schemaVersion: 1 };

/** What was done, then the status. */
export function text(outcome: Outcome): string[] {
  const { result, library, paint } = outcome;
  const { found, exported, unchanged, skipped, failed, bytes, planned, held } = result.summary;
  const lines = [
    `${paint.strong("Export")}    ${counted(Number(found), "post")} found: ${String(exported)} exported, ${String(unchanged)} unchanged, ${String(skipped)} skipped, ${String(failed)} failed (${megabytes(Number(bytes))})`,
  ];
  if (result.exit === "interrupted") {
    return [
      ...lines,
      "It was interrupted. Type the same command again; it goes on where it stopped.",
    ];
  }
  const announced = result.summary["announce"] as Record<string, unknown>;
  const prepared = result.summary["prepare"] as Record<string, unknown>;
  const status = result.summary["status"] as Record<string, unknown>;
  const queued = outcome.events
    .filter((event) => event.type === "publication")
    .toSorted((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1))
    .slice(0, 5);
  return [
    ...lines,
    `${paint.strong("Announce")}  ${counted(Number(announced["written"]), "text")} in ${String(announced["folder"])}`,
    `${paint.strong("Prepare")}   ${counted(Number(prepared["drafts"]), "draft")} of ${counted(Number(prepared["posts"]), "post")}`,
    `${paint.strong("Queue")}     ${String(planned)} planned, ${String(held)} held`,
    "",
    ...statusText({
      ...outcome,
      events: queued,
      result: { exit: result.exit, summary: { ...emptySummary, ...withoutAdvice(status) } },
    }),
    "",
    ...announceNow(outcome),
    ...lookYourself(status, library),
  ];
}

/** The schedule is spoken of at the end, where it is the next thing to do. */
function withoutAdvice(status: Record<string, unknown>): Record<string, unknown> {
  const needs = status["needs"] as Need[];
  return { ...status, needs: needs.filter(({ kind, count }) => kind !== "schedule" || count > 0) };
}

/** A pack is made ready and the creator told; posting it is theirs. */
function lookYourself(status: Record<string, unknown>, library: string): string[] {
  if (status["schedule"] === "installed" || status["schedule"] === "broken") {
    return [
      "Your computer looks by itself what is due: it makes each pack ready, and you post it.",
    ];
  }
  return [
    "Then let your computer look what is due: it makes each pack ready, and you post it.",
    `  findmehere schedule install --library ${library}`,
    `Or look yourself when you have time: findmehere publish --due --library ${library}`,
  ];
}
