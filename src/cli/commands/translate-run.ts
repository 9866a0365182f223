import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { readSecret } from "../../edge/secrets.ts";
import { readOwnTemplate, readTemplate } from "../../library/templates.ts";
import { endOf, stopped } from "../../steps/translate/endings.ts";
import { askQuota, planTranslation, summaryOf } from "../../steps/translate/plan.ts";
import type { TranslatePlan, TranslateRunRequest } from "../../steps/translate/plan.ts";
import { translateTexts } from "../../steps/translate/run.ts";
import { parseGlossary } from "../../text/glossary.ts";
import { TranslateError } from "../../translate/error.ts";
import { keyName, makeTranslator, translatorIds } from "../../translate/index.ts";
import type { TranslatorId } from "../../translate/index.ts";
import { scriptsOf } from "../chinese.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { numberOption, wordsOption } from "../options.ts";
import { translateWish } from "../translate-wish.ts";
import type { CommandTextWish } from "../translate-wish.ts";

/** Says what would be sent where, asks once, and lets the translator work. */
export function run(call: CommandCall): Step {
  const { machine, options } = call;
  const id = translatorOption(call);
  const limit = numberOption(call, "limit", 1) ?? null;
  return withLibrary(call, async function* (library) {
    const { root } = library;
    const work = () => translateWith(call, library, { id, limit });
    if (options["dryRun"] === true) return yield* work();
    // Two runs at once would send, and pay for, the same texts twice.
    return yield* locked(root, { command: "translate run", clock: machine.clock }, work);
  });
}

async function* translateWith(
  call: CommandCall,
  library: OpenLibrary,
  { id, limit }: { id: TranslatorId; limit: number | null },
): Step {
  const { machine, options, common } = call;
  const { store, settings, root } = library;
  const key = await readSecret(machine.environment, keyName(id));
  const request: CommandRunRequest = {
    ...(await translateWish(call, library)),
    store,
    clock: machine.clock,
    random: machine.random,
    translator: makeTranslator(id, settings.translate, key),
    keep: settings.translate.keep,
    glossary: [
      ...parseGlossary(await readTemplate(null, "glossary.tsv")),
      ...(await ownGlossary(root)),
    ],
    scripts: () => scriptsOf(root),
    limit,
    drain: machine.interrupt.drain,
    stop: machine.interrupt.stop,
  };
  const dryRun = options["dryRun"] === true;
  const plan = await planTranslation(request);
  const nothing = { summary: { ...summaryOf(request, plan), dryRun } };
  if (nothing.summary.found === 0) return { exit: "done", ...nothing };
  try {
    if (plan.units.length > 0) plan.quota = await askQuota(request);
  } catch (error) {
    if (!(error instanceof TranslateError)) throw error;
    yield stopped(error, request.translator, nothing.summary.found);
    return { exit: endOf(error, false, 0), ...nothing };
  }
  const asks = !dryRun && !common.yes && plan.units.length > 0;
  if (asks && (!machine.interactive || common.json)) throw unasked(request, plan);
  yield { type: "say", text: sentence(request, plan), ...(asks ? { needed: true } : {}) };
  if (dryRun)
    return { exit: "done", summary: { ...nothing.summary, charactersLeft: charactersLeft(plan) } };
  if (asks) {
    const { askYes } = await import("../questions.ts");
    if (!(await askYes("Send them?"))) return { exit: "done", ...nothing };
  }
  return yield* translateTexts(request, plan);
}

/** What came, and the next command. */
export function text({ result, paint }: Outcome): string[] {
  const { found, translated, refused, left, known, dryRun } = result.summary;
  if (found === 0) {
    return [
      Number(known) > 0
        ? "Every text is translated already."
        : "No text of a public post needs a translation.",
    ];
  }
  if (dryRun === true && result.exit === "done")
    return ["Nothing was sent. Leave out --dry-run to do it."];
  const parts = [
    ...(Number(refused) > 0 ? [`${counted(Number(refused), "answer")} not kept`] : []),
    ...(Number(left) > 0 ? [`${String(left)} left for later`] : []),
  ];
  return [
    [paint.strong(`${String(translated)} of ${String(found)} texts translated`), ...parts].join(
      ", ",
    ) + ".",
    ...(Number(translated) > 0
      ? ["Look them over: findmehere translate export look.csv --all", "Next: findmehere prepare"]
      : []),
  ];
}

type CommandRunRequest = TranslateRunRequest & CommandTextWish;

async function ownGlossary(root: string) {
  const own = await readOwnTemplate(root, "glossary.tsv");
  return own === null ? [] : parseGlossary(own);
}

function sentence(request: CommandRunRequest, plan: TranslatePlan): string {
  const { translator } = request;
  const { units, characters } = plan;
  if (units.length === 0) return "Your glossary says all there is to say; nothing has to be sent.";
  const left = charactersLeft(plan);
  return [
    `${counted(units.length, "text")} with ${counted(characters, "character")} would go to ${translator.title} at ${translator.host}: ${languages(request, plan)}.`,
    "Tags, handles, links, emoji and your own terms are not sent.",
    ...(left === null ? [] : [`${counted(left, "character")} are left there this month.`]),
    ...(left !== null && left < characters ? ["That is not enough for all of them."] : []),
  ].join(" ");
}

/** What the translator still takes this month; null where it does not say. */
function charactersLeft({ quota }: TranslatePlan): number | null {
  return quota === null ? null : Math.max(0, quota.most - quota.used);
}

/** How many texts go into which language, and whose drafts want it. */
function languages({ to, needed }: CommandRunRequest, { units }: TranslatePlan): string {
  return to
    .flatMap((language) => {
      const count = units.filter((unit) => unit.to === language).length;
      if (count === 0) return [];
      const places = needed.get(language) ?? [];
      return `${count} into ${language}${places.length > 0 ? ` for ${places.join(" and ")}` : ""}`;
    })
    .join(", ");
}

function translatorOption(call: CommandCall): TranslatorId {
  const [id, ...others] = wordsOption(call, "with", translatorIds) ?? [];
  if (id !== undefined && others.length === 0) return id;
  throw new ExpectedError({
    exit: "usage",
    code: "which-translator",
    what: "It is not clear who is to translate.",
    fix: "Say one: --with deepl, --with libretranslate, or --with openai (also Ollama and LM Studio). To do it yourself, type `findmehere translate export captions.csv`.",
  });
}

function unasked(request: CommandRunRequest, plan: TranslatePlan): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "missing-answer",
    what: `Nobody can be asked here. ${sentence(request, plan)} Nothing was sent.`,
    fix: "If you want that, add `--yes`.",
  });
}
