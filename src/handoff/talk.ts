import type { Publication } from "../core/publication.ts";
import type { SayEvent } from "../core/talk.ts";
import { isLoopback } from "../web/addresses.ts";
import { qrLines } from "../web/qr.ts";
import type { ShownPack } from "./pages.ts";

/** What the terminal says when the phone may come: the code, the address, what is served, and until when. */
export async function* greeting(
  { address: own, identity, colour }: { address: string; identity: unknown; colour: boolean },
  address: string,
  packs: readonly ShownPack[],
  until: string,
): AsyncGenerator<SayEvent> {
  const files = packs.flatMap((pack) => pack.files);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const lines = [
    ...qrLines(address, colour),
    address,
    "",
    isLoopback(own)
      ? "Only this computer can open it, since it is served at its own address alone."
      : "Point the phone's camera at the code, or type the address. Phone and computer have to be in one Wi-Fi.",
    `It serves ${counted(packs.length, "post")} (${counted(files.length, "file")}, ${size(bytes)}) and nothing else, until ${until}, or until nobody has looked for 30 minutes.`,
    ...(identity === null && !isLoopback(own)
      ? [
          "It goes without encryption, so your phone may call it not secure, and in a public Wi-Fi others may read along. With --tls-cert and --tls-key they cannot.",
        ]
      : []),
    "Tap the last button of the list when you are done, or press Ctrl-C here.",
  ];
  yield { type: "say", text: lines.join("\n"), needed: true };
}

/** What the creator just told, for the terminal. */
export function noteOf({ post, to, state, url }: Publication): SayEvent {
  const words: Record<string, string> = {
    live: `is live: ${url ?? ""}`,
    submitted: "is posted; its link is still missing.",
    queued: "goes back into the queue, not before tomorrow.",
    skipped: `is left out. Changed your mind? \`findmehere queue remove ${post}@${to}\`, then \`findmehere queue add\`.`,
  };
  return { type: "say", text: `${post}@${to} ${words[state] ?? `is ${state}.`}` };
}

/** There is nothing to serve. */
export function nothingReady(next: number | null): SayEvent {
  const more = "`findmehere queue list` shows what comes next";
  const ahead = next === null ? "; `findmehere handoff --next 7` puts a week on the phone" : "";
  return { type: "say", text: `Nothing is ready for your phone. ${more}${ahead}.`, needed: true };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  return bytes < 999_500 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
