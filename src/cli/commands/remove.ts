import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step, StepResult } from "../../core/event.ts";
import { planRemoval, removePosts } from "../../steps/remove.ts";
import type { RemovalPlan } from "../../steps/remove.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { megabytes } from "../output.ts";

/** Takes posts out of the library, after asking. */
export function run(call: CommandCall): Step {
  const { clock, interactive } = call.machine;
  return withLibrary(call, async function* ({ root, store }) {
    const request = { root, store, clock, posts: call.words, outToo: call.common.yes };
    const plan = await planRemoval(request);
    if (!call.common.yes && plan.posts.length > 0) {
      if (!interactive || call.common.json) throw unasked(plan);
      const { askYes } = await import("../questions.ts");
      if (!(await askYes(question(plan)))) return nothingDone();
    }
    return yield* locked(root, { command: "remove", clock }, () => removePosts(request));
  });
}

/** What was removed. */
export function text({ result, library, paint }: Outcome): string[] {
  const { removed, removedBefore, files, bytes, publicationsKept } = result.summary;
  if (Number(removed) === 0) {
    return [
      Number(removedBefore) > 0
        ? "Removed before; there is nothing to do."
        : "Nothing was removed.",
    ];
  }
  const lines = [
    paint.strong(`${counted(Number(removed), "post")} removed`) +
      ` from ${library}, with ${counted(Number(files), "file")} (${megabytes(Number(bytes))}).`,
    "On TikTok nothing has changed. The next export leaves what you removed out.",
  ];
  if (Number(publicationsKept) > 0) {
    lines.push(`Still noted in the history: ${counted(Number(publicationsKept), "publication")}.`);
  }
  return lines;
}

function question({ posts, files, bytes, ending, remembered }: RemovalPlan): string {
  const days = posts.map(({ key, date }) => `${key} of ${date.slice(0, 10)}`);
  const shown =
    days.slice(0, 5).join(", ") + (days.length > 5 ? `, and ${days.length - 5} more` : "");
  const also = ending.length + remembered.length === 0 ? "" : ", and its place in the queue";
  return `Remove ${shown}: ${counted(files, "file")} (${megabytes(bytes)})${also}?`;
}

function unasked({ posts }: RemovalPlan): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "missing-answer",
    what: `Nobody can be asked here whether ${counted(posts.length, "post")} may go. Nothing was removed.`,
    fix: "If you are sure, add `--yes`.",
  });
}

function nothingDone(): StepResult {
  return {
    exit: "done",
    summary: { type: "summary", command: "remove", schemaVersion: 1, removed: 0, removedBefore: 0 },
  };
}
