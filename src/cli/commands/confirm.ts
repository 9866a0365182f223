import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { confirm } from "../../steps/confirm/say.ts";
import type { Said } from "../../steps/confirm/say.ts";
import { isRunGone, runName } from "../../edge/run-name.ts";
import { lookBack } from "../../steps/confirm/look.ts";
import { routesOf } from "../../steps/publish/routes.ts";
import { linkFollower } from "../../steps/confirm/pasted.ts";
import { resolveItems } from "../../store/aliases.ts";
import { noSuchPublication } from "../../store/move-publication.ts";
import type { Store } from "../../store/open.ts";
import { isOnPhone } from "../../store/on-phone.ts";
import { findPublication } from "../../store/publications.ts";
import type { PublicationName } from "../../store/publications.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import { noticeOffice } from "../notice-office.ts";
import { textOption } from "../options.ts";

/** Records what became of one publication; without a word about it, looks for itself. */
export function run(call: CommandCall): Step {
  const { post: wanted, to: place, url, posted, notToday, notThere } = call.options;
  if ([url, posted, notToday, notThere].every((each) => each === undefined)) {
    if ((wanted === undefined) === (place === undefined)) return look(call);
  }
  const { post, to, said } = whatWasSaid(call);
  const destination = call.machine.findDestination(to);
  const { clock, random } = call.machine;
  return withLibrary(call, async function* ({ store, settings, id }) {
    const [route] = routesOf(settings, [destination], accountsOf(call, settings));
    if (route === undefined) throw new Error(`no route to ${destination.id}`);
    const { account, rules } = route;
    const follow = linkFollower(route, call.machine.interrupt.stop);
    const ahead = { by: runName(random), wall: clock.wall(), isGone: isRunGone };
    const name = { post, to: destination.id };
    return yield* confirm({
      ...{ store, clock, destination, post, said, account, follow, rules, seed: id },
      ...((await wasGivenAhead(store, name)) ? { ahead } : {}),
    });
  });
}

/** Looks at what went out, as a person asked for it. */
function look(call: CommandCall): Step {
  const { machine } = call;
  const post = textOption(call, "post");
  const to = textOption(call, "to");
  return withLibrary(call, async function* ({ root, store, settings, destinations }) {
    const only =
      post === undefined || to === undefined
        ? null
        : await namedItem(store, { post, to: machine.findDestination(to).id });
    const counts = yield* lookBack({
      ...{ store, clock: machine.clock, run: runName(machine.random), isRunGone },
      routes: routesOf(settings, destinations, accountsOf(call, settings)),
      asked: { only },
      office: noticeOffice(call, root, settings),
      drain: machine.interrupt.drain,
      stop: machine.interrupt.stop,
    });
    const { stopped, ...found } = counts;
    const needsPerson = found.refused + found.unconfirmed > 0;
    const exit = stopped ? "signIn" : needsPerson ? "needsPerson" : "done";
    return {
      exit: machine.interrupt.interrupted ? "interrupted" : exit,
      summary: { type: "summary", command: "confirm", schemaVersion: 1, ...found },
    };
  });
}

/** A folder or a zip for the phone may hold what is not due yet. */
async function wasGivenAhead(store: Store, item: PublicationName): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const [found = item] = await resolveItems(transaction, [item]);
    return isOnPhone(transaction, found);
  });
}

async function namedItem(store: Store, item: PublicationName): Promise<PublicationName> {
  return store.transaction(async (transaction) => {
    const [found = item] = await resolveItems(transaction, [item]);
    if ((await findPublication(transaction, found)) === null) throw noSuchPublication(item);
    return found;
  });
}

/** What is recorded now, or what was seen. */
export function text({ result, paint }: Outcome): string[] {
  const { post, to, state, url, left, looked } = result.summary;
  if (looked !== undefined) return lookText(result.summary);
  const sentences: Record<string, string> = {
    live: `is live: ${String(url)}. The address was pasted by you; nobody has looked at it yet.`,
    submitted: "is noted as posted. Bring its link with --url when you have it.",
    queued: "is back in the queue, not before tomorrow.",
  };
  const lines = [
    `${paint.strong(`${String(post)}@${String(to)}`)} ${sentences[String(state)] ?? String(state)}`,
  ];
  if (Number(left) > 0)
    lines.push(
      `${String(left)} more ready to post there: findmehere queue list --state handed-off`,
    );
  return lines;
}

function lookText(found: Record<string, unknown>): string[] {
  if (found["looked"] === 0) {
    return [
      "There is nothing that findmehere could look at now.",
      'A post from your phone is settled by its link: findmehere confirm --post KEY --to DESTINATION --url "ADDRESS"',
    ];
  }
  const parts: [string, string][] = [
    ["live", "seen live"],
    ["pending", "not visible yet"],
    ["refused", "refused"],
    ["unconfirmed", "not to be seen after two days"],
    ["unknown", "could not be looked at"],
    ["pasted", "known by the pasted link alone"],
  ];
  const told = parts.filter(([name]) => Number(found[name]) > 0);
  return [told.map(([name, words]) => `${String(found[name])} ${words}`).join(", ") + "."];
}

function whatWasSaid(call: CommandCall): { post: string; to: string; said: Said } {
  const post = textOption(call, "post");
  const to = textOption(call, "to");
  const url = textOption(call, "url");
  const said: Said[] = [];
  if (url !== undefined) said.push({ what: "live", pasted: url });
  if (call.options["posted"] === true) said.push({ what: "posted" });
  if (call.options["notToday"] === true) said.push({ what: "not-today" });
  if (call.options["notThere"] === true) said.push({ what: "not-there" });
  const [only] = said;
  if (post !== undefined && to !== undefined && only !== undefined && said.length === 1) {
    return { post, to, said: only };
  }
  throw new ExpectedError({
    exit: "usage",
    code: "what-to-confirm",
    what: "It is not clear what to record.",
    why: "It takes one post, one destination, and one of --url, --posted, --not-today or --not-there.",
    fix: 'For example: findmehere confirm --post hello --to lemon8 --url "https://www.lemon8-app.com/@you/741…"',
  });
}
