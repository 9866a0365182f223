import { counted } from "../core/counted.ts";
import inquirer from "inquirer";
import type { SummaryEvent } from "../core/event.ts";
import type { FirstThing } from "../steps/first-things.ts";
import type { Need } from "../steps/status/needs.ts";

/** One line of the menu. */
export interface Choice {
  about: string;
  /** The command as it would be typed, without `findmehere`; null leaves the menu. */
  command: readonly string[] | null;
  /** What has to be asked before; each answer is added to the command. */
  asks?: readonly { message: string; flag?: string; sign?: string }[];
}

/** What makes sense next, from the state of the library; null when there is none yet. */
export function menuChoices(status: SummaryEvent | null): Choice[] {
  const leave: Choice = { about: "Leave", command: null };
  if (status === null) {
    return [
      {
        about: "I have TikTok's zip: bring everything home and plan the move",
        command: ["migrate"],
        asks: [{ message: "Where is the zip? Type its path, or drag the file into this window:" }],
      },
      {
        about: "I have no zip yet: read my TikTok page in a browser",
        command: ["export"],
        asks: [{ message: "Your TikTok handle:", sign: "@" }],
      },
      { about: "Answer a few questions first (name, handles, what you make)", command: ["init"] },
      { about: "Look whether this computer has all that is needed", command: ["doctor"] },
      { about: "See every command", command: ["--help"] },
      leave,
    ];
  }
  const first = status["first"] as FirstThing[];
  const open = first.filter(({ done }) => done === false).map(({ what }) => what);
  const handle = status["handle"];
  const states = countStates(status["publications"] as Record<string, Record<string, number>>);
  const needs = status["needs"] as Need[];
  const ready = needs.flatMap((need) => need.ready ?? []);
  const sitting = Number(status["dueSitting"] ?? 0);
  const due = Number(status["dueNow"]) - sitting;
  const died = needs.some(({ kind }) => kind === "press-died");
  const choices: (Choice | false)[] = [
    ...needs.flatMap(({ kind, to }) =>
      kind === "account-stopped" && to !== undefined
        ? {
            about: `I looked in the app: let ${to} go on`,
            command: ["queue", "release", "--account", to],
          }
        : [],
    ),
    (due > 0 || died) && {
      about: due > 0 ? `Make ready what is due (${due})` : "Note what a run that died left behind",
      command: ["publish", "--due"],
    },
    sitting > 0 && {
      about: `Sit down and press the last button (${sitting})`,
      command: ["publish", "--sit"],
    },
    ready.length > 0 && {
      about: `Put what is ready on my phone (${ready.length})`,
      command: ["handoff"],
    },
    ...ready.slice(0, 6).map(({ post, to }) => ({
      about: `I posted ${post} on ${to}: bring its link`,
      command: ["confirm", "--post", post, "--to", to],
      asks: [{ message: pasteMessage, flag: "--url" }],
    })),
    ...needs.filter(isDoubtful).slice(0, 3).flatMap(doubtChoices),
    (status["posts"] === 0 || Number(status["postsIncomplete"]) > 0) && {
      about:
        status["posts"] === 0
          ? "I have TikTok's zip: bring everything home and plan the move"
          : `Complete ${counted(Number(status["postsIncomplete"]), "post")} from a newer zip`,
      command: [status["posts"] === 0 ? "migrate" : "export"],
      asks: [{ message: "Where is the zip? Type its path, or drag the file into this window:" }],
    },
    typeof handle === "string" &&
      handle !== "" && {
        about: open.some((what) => what.startsWith("Captions"))
          ? "Read my TikTok page in a browser: captions, counts, what the zip lacks"
          : "Read my TikTok page again: new posts and counts",
        command: ["export", `@${handle}`],
      },
    open.some((what) => what.startsWith("Captions")) && {
      about: "I have a folder of yt-dlp or gallery-dl, or a page saved as HAR: add it",
      command: ["export"],
      asks: [{ message: "Where is it? Type its path, or drag it into this window:" }],
    },
    (states["held"] ?? 0) > 0 && {
      about: `See what is held and why (${states["held"]})`,
      command: ["queue", "list", "--state", "held"],
    },
    (states["held"] ?? 0) > 0 && {
      about: "Release what is held and mended",
      command: ["queue", "release", "--all"],
    },
    Number(status["posts"]) > 0 && {
      about: "Make the drafts again (your own words stay)",
      command: ["prepare"],
    },
    (states["draft"] ?? 0) > 0 && {
      about:
        states["draft"] === 1
          ? "Plan when 1 draft goes out"
          : `Plan when ${states["draft"]} drafts go out`,
      command: ["queue", "add"],
    },
    needs.some(({ kind, count }) => kind === "schedule" && count === 0) && {
      about: "Let this computer make posts ready when they are due, and tell me",
      command: ["schedule", "install"],
    },
    needs.some(({ kind, count }) => kind === "schedule" && count > 0) && {
      about: "See what is wrong with the schedule",
      command: ["schedule", "show"],
    },
    { about: "Write the announcement for your followers", command: ["announce"] },
    { about: "See what goes out when", command: ["queue", "list"] },
    { about: "See where everything stands", command: ["status"] },
    Number(status["posts"]) > 0 && {
      about: "Check that every file is whole",
      command: ["verify"],
    },
    leave,
  ];
  return choices.filter((choice) => choice !== false);
}

function isDoubtful({ kind, post }: Need): boolean {
  return kind === "unconfirmed" && post !== undefined;
}

/** Nobody knows whether it went out; the creator has looked. */
function doubtChoices({ post = "", to = "" }: Need): Choice[] {
  const confirm = ["confirm", "--post", post, "--to", to];
  return [
    {
      about: `I looked, and ${post} is on ${to}: bring its link`,
      command: confirm,
      asks: [{ message: pasteMessage, flag: "--url" }],
    },
    {
      about: `I looked, and ${post} is not on ${to}`,
      command: [...confirm, "--not-there"],
    },
  ];
}

const pasteMessage = "Paste the link that you copied in the app:";

/** What stands above the choices: the list of what to do first, and by when. */
export function menuHeading(status: SummaryEvent | null): string[] {
  if (status === null) {
    return [
      "TikTok may close to you. Do these first:",
      "  1. On the phone, in TikTok: Settings and privacy, Account, Download your data. All data, JSON.",
      "  2. When the zip is there, bring it home with the first choice below. Its links die within days.",
      "  3. Post the announcement that is written then, and pin it. The rest can wait.",
    ];
  }
  const deadline = status["deadline"];
  const open = (status["first"] as FirstThing[]).filter(({ done }) => done !== true);
  const head = typeof deadline === "string" ? `Before ${deadline}:` : "While TikTok is there:";
  return [head, ...open.map(({ what }, index) => `  ${index + 1}. ${what}`)];
}

/** A path as people give it: dragged into the window it comes in quotes, or with backslashes before spaces. */
export function plainPath(answer: string): string {
  const text = answer.trim();
  const quoted = /^(["'])(.*)\1$/.exec(text)?.[2];
  if (quoted !== undefined) return quoted;
  return process.platform === "win32" ? text : text.replaceAll(/\\(.)/g, "$1");
}

/** Asks for a choice and its answers; null when the person leaves. */
export async function chooseCommand(choices: readonly Choice[]): Promise<string[] | null> {
  try {
    const { choice } = await inquirer.prompt<{ choice: Choice }>([
      {
        type: "select",
        name: "choice",
        message: "What next?",
        pageSize: 14,
        choices: choices.map((each) => ({
          value: each,
          name: each.about,
          ...(each.command === null ? {} : { description: `findmehere ${each.command.join(" ")}` }),
        })),
      },
    ]);
    if (choice.command === null) return null;
    const words = [...choice.command];
    for (const { message, flag, sign } of choice.asks ?? []) {
      const { answer } = await inquirer.prompt<{ answer: string }>([
        { type: "input", name: "answer", message },
      ]);
      if (answer.trim() === "") return [];
      const word = flag === undefined ? plainPath(answer) : answer.trim();
      words.push(...(flag === undefined ? [] : [flag]), signed(word, sign));
    }
    return words;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") return null;
    throw error;
  }
}

/** A handle with its sign, whether it was typed or not. */
function signed(word: string, sign: string = ""): string {
  return word.startsWith(sign) ? word : `${sign}${word}`;
}

function countStates(publications: Record<string, Record<string, number>>): Record<string, number> {
  const all: Record<string, number> = {};
  for (const states of Object.values(publications)) {
    for (const [state, count] of Object.entries(states)) all[state] = (all[state] ?? 0) + count;
  }
  return all;
}
