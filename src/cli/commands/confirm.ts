import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { confirm } from "../../steps/confirm.ts";
import type { Said } from "../../steps/confirm.ts";
import { queueRules } from "../../steps/queue-rules.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import { textOption } from "../options.ts";

/** Records what became of one publication. */
export function run(call: CommandCall): Step {
  const { post, to, said } = whatWasSaid(call);
  const destination = call.machine.findDestination(to);
  return withLibrary(call, ({ store, settings, id }) =>
    confirm({
      store,
      clock: call.machine.clock,
      destination,
      post,
      said,
      account: accountsOf(call, settings).get(destination.id) ?? "",
      rules: queueRules(settings, destination),
      seed: id,
    }),
  );
}

/** What is recorded now. */
export function text({ result, paint }: Outcome): string[] {
  const { post, to, state, url, left } = result.summary;
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

function whatWasSaid(call: CommandCall): { post: string; to: string; said: Said } {
  const post = textOption(call, "post");
  const to = textOption(call, "to");
  const url = textOption(call, "url");
  const said: Said[] = [];
  if (url !== undefined) said.push({ what: "live", pasted: url });
  if (call.options["posted"] === true) said.push({ what: "posted" });
  if (call.options["notToday"] === true) said.push({ what: "not-today" });
  const [only] = said;
  if (post !== undefined && to !== undefined && only !== undefined && said.length === 1) {
    return { post, to, said: only };
  }
  throw new ExpectedError({
    exit: "usage",
    code: "what-to-confirm",
    what: "It is not clear what to record.",
    why: "It takes one post, one destination, and one of --url, --posted or --not-today.",
    fix: 'For example: findmehere confirm --post hello --to lemon8 --url "https://www.lemon8-app.com/@you/741…"',
  });
}
