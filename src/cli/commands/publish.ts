import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { isRunGone, runName } from "../../edge/run-name.ts";
import { parseGap } from "../../queue/parse.ts";
import { publish } from "../../steps/publish/publish.ts";
import { missedRules, routesOf } from "../../steps/publish/routes.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import { noticeOffice } from "../notice-office.ts";
import { textOption } from "../options.ts";

/** Sends out what is due, or one post that a person wants now. */
export function run(call: CommandCall): Step {
  const { machine, options } = call;
  const only = onlyItem(call);
  const dryRun = options["dryRun"] === true;
  const sitting = options["sit"] === true;
  const longest = textOption(call, "maxDuration");
  const minutes = longest === undefined ? null : parseGap(longest, "--max-duration");
  return withLibrary(call, async function* ({ root, store, settings, destinations, id }) {
    const routes = routesOf(settings, destinations, accountsOf(call, settings)).filter(
      // A sitting is for what needs the window; the rest goes out by itself.
      ({ way, press }) => !sitting || (way === "browser" && press === "human"),
    );
    if (sitting && routes.length === 0) throw noWindow();
    const step = publish({
      ...{ root, store, clock: machine.clock, only, dryRun, routes },
      missed: missedRules(settings),
      zone: settings.creator.timeZone,
      seed: id,
      sitting,
      run: runName(machine.random),
      isRunGone,
      until: minutes === null ? null : machine.clock.wall() + minutes * 60_000,
      office: noticeOffice(call, root, settings),
      drain: machine.interrupt.drain,
      stop: machine.interrupt.stop,
    });
    const watched = process.stdout.isTTY || call.common.json || call.common.verbose || dryRun;
    return yield* watched || only !== null ? step : withoutWaiting(step);
  });
}

/** A timer that says every ten minutes that a post still waits would only send mail that nobody reads. */
async function* withoutWaiting(step: Step): Step {
  for (;;) {
    const next = await step.next();
    if (next.done) return next.value;
    const { value } = next;
    if (value.type !== "problem" || value.code !== "hand-off-waiting") yield value;
  }
}

/** The packs that are ready and what to do with them; nothing at all for a timer when nothing was due. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const { due, handedOff, synced, failed, dryRun } = result.summary;
  if (handedOff === 0 && failed === 0 && synced === 0 && dryRun !== true) {
    if (!process.stdout.isTTY) return [];
    const what = due === 0 ? "Nothing is due." : "Nothing can go out now.";
    return [`${what} \`findmehere status\` shows what comes next.`];
  }
  const lines = events.flatMap((event) => {
    if (event.type !== "publication") return [];
    const item = `${event.post}@${event.to}`;
    if (dryRun === true) return [`Would be ready: ${item}`];
    if (event.state === "synced") {
      return [`${item} is there already, carried by TikTok's sync: ${event.url ?? ""}`];
    }
    return [
      paint.good(`Ready: ${item}`),
      ...(event.pack === undefined ? [] : [`  Open ${library}/${event.pack}`]),
      `  Once it is posted: findmehere confirm --post ${event.post} --to ${event.to} --url "THE-COPIED-LINK"`,
    ];
  });
  if (dryRun === true) {
    return [
      ...lines,
      `${String(handedOff)} of ${String(due)} due posts would be made ready. Nothing was changed.`,
    ];
  }
  return [
    ...lines,
    `${String(handedOff)} of ${String(due)} due posts are ready. \`findmehere handoff\` puts them on your phone.`,
  ];
}

function noWindow(): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "what-to-publish",
    what: "None of your places takes posts through a browser window, so there is nothing to press here.",
    fix: "Type `findmehere publish --due` to make ready what is due, then `findmehere handoff` to put it on your phone.",
  });
}

function onlyItem(call: CommandCall): { post: string; to: string } | null {
  const post = textOption(call, "post");
  const to = textOption(call, "to");
  const due = call.options["due"] === true || call.options["sit"] === true;
  if (post === undefined && to === undefined && due) return null;
  if (post !== undefined && to !== undefined && !due) {
    return { post, to: call.machine.findDestination(to).id };
  }
  throw new ExpectedError({
    exit: "usage",
    code: "what-to-publish",
    what: "It is not clear what to publish.",
    fix: "Type `findmehere publish --due` for everything that is due, or give one post with --post KEY --to DESTINATION.",
  });
}
