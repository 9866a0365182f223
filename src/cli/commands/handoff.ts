import { resolve } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { isRunGone, runName } from "../../edge/run-name.ts";
import { servePhone } from "../../handoff/serve.ts";
import { missedRules, routesOf } from "../../steps/publish/routes.ts";
import { settleSyncedAhead } from "../../steps/publish/synced-ahead.ts";
import { readIdentity } from "../../web/tls.ts";
import type { Identity } from "../../web/tls.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { writeForPhone, writtenText } from "../handoff-folder.ts";
import { accountsOf, withLibrary } from "../library.ts";
import { noticeOffice } from "../notice-office.ts";
import { numberOption, textOption } from "../options.ts";
import { colourWish } from "../output.ts";
import { phoneAddress } from "../phone-address.ts";

/** Puts what is ready on the phone, and hears what became of it. */
export function run(call: CommandCall): Step {
  const { machine } = call;
  if (call.options["folder"] !== undefined || call.options["zip"] !== undefined) {
    return writeForPhone(call);
  }
  const next = numberOption(call, "next", 1) ?? null;
  const port = portOption(call);
  return withLibrary(call, async function* ({ root, store, settings, destinations, id }) {
    const identity = await identityOf(call);
    const address = await phoneAddress(call);
    const streams = { out: process.stdout, error: process.stderr };
    const routes = routesOf(settings, destinations, accountsOf(call, settings));
    const request = {
      ...{ root, store, clock: machine.clock, next, address, port, identity },
      // Whoever serves the phone is awake: nobody is called. Caps and gaps hold.
      routes: routes.map((route) => ({ ...route, rules: { ...route.rules, quietHours: null } })),
      missed: missedRules(settings),
      zone: settings.creator.timeZone,
      ...{ seed: id, only: null, sitting: false, dryRun: false, until: null },
      run: runName(machine.random),
      isRunGone,
      // The creator sits here: what becomes ready now needs no message to the phone.
      office: { ...noticeOffice(call, root, settings), services: [] },
      drain: machine.interrupt.drain,
      stop: machine.interrupt.stop,
      colour: colourWish(call.common, machine.environment, streams).error,
    };
    if (next !== null) yield* settleSyncedAhead(request, next);
    return yield* servePhone(request);
  });
}

/** What the sitting came to. */
export function text(outcome: Outcome): string[] {
  const { result } = outcome;
  if (result.summary["folder"] !== undefined) return writtenText(outcome);
  const { served, live, submitted, notToday, skipped, left, ended } = result.summary;
  if (served === 0 || ended === null) return [];
  const endings: Record<string, string> = {
    idle: "Nobody looked for 30 minutes, so nothing is served any more.",
    expired: "The time is over, and nothing is served any more.",
  };
  const told = [
    [live, "live"],
    [submitted, "posted without a link"],
    [notToday, "not today"],
    [skipped, "left out"],
  ].filter(([count]) => Number(count) > 0);
  return [
    endings[String(ended)] ?? "Nothing is served any more.",
    ...(told.length === 0 ? [] : [`You told: ${told.map((each) => each.join(" ")).join(", ")}.`]),
    ...(Number(left) > 0
      ? [
          `Still ready to post: ${String(left)}. Type \`findmehere handoff\` to put them on the phone again.`,
        ]
      : []),
  ];
}

async function identityOf(call: CommandCall): Promise<Identity | null> {
  const cert = textOption(call, "tlsCert");
  const key = textOption(call, "tlsKey");
  if (cert === undefined && key === undefined) return null;
  const { workingFolder } = call.machine;
  if (cert !== undefined && key !== undefined) {
    return readIdentity(resolve(workingFolder, cert), resolve(workingFolder, key));
  }
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: "--tls-cert and --tls-key are needed together.",
    fix: "Give both, or leave both out.",
  });
}

function portOption(call: CommandCall): number {
  const port = numberOption(call, "port", 1) ?? 0;
  if (port <= 65_535) return port;
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: `--port cannot be "${port}".`,
    fix: "It takes a whole number from 1 to 65535. Without it a free one is taken.",
  });
}
