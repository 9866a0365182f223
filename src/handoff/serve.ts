import { stat } from "node:fs/promises";
import type { Step, StepEvent, StepResult } from "../core/event.ts";
import { noteOf } from "./talk.ts";
import type { ServingEvent } from "../core/talk.ts";
import { localTime } from "../queue/local.ts";
import { gatherPacks } from "../steps/phone/packs.ts";
import type { Gathered, PhonePack } from "../steps/phone/packs.ts";
import type { GatherRequest } from "../steps/phone/gather.ts";
import { settlePack, standing } from "../steps/phone/settle.ts";
import { claimantOf, nowOf } from "../steps/publish/request.ts";
import { listen } from "../web/listen.ts";
import { mediaType } from "../web/send-file.ts";
import { startSession } from "../web/session.ts";
import type { EndReason, Session } from "../web/session.ts";
import type { Identity } from "../web/tls.ts";
import { phonePages } from "./app.ts";
import type { PhoneDesk } from "./app.ts";
import { eventQueue } from "./event-queue.ts";
import { fileName } from "./names.ts";
import { readPages } from "./pages.ts";
import type { ShownFile, ShownPack } from "./pages.ts";
import { greeting, nothingReady } from "./talk.ts";
import { momentWords } from "./words.ts";

/** What serving the phone needs. */
export interface ServeRequest extends GatherRequest {
  /** The one address that is listened on. */
  address: string;
  /** 0: one that is free. */
  port: number;
  identity: Identity | null;
  /** True where the terminal shows colours. */
  colour: boolean;
}

/** Milliseconds: without a look, and in any case. */
const idle = 30 * 60_000;
const longest = 2 * 60 * 60_000;

/** Serves to the phone what is ready, until the creator is done or the time is over. */
export async function* servePhone(request: ServeRequest): Step {
  const gathered = yield* gatherPacks(request);
  if (gathered.packs.length === 0) {
    if (gathered.waiting + gathered.failed === 0) yield nothingReady(request.next);
    return result(request, gathered, new Map(), null);
  }
  const shown = await Promise.all(gathered.packs.map(showPack));
  const settled = new Map<number, string>();
  const events = eventQueue<StepEvent>();
  const session = startSession(request.clock, { idle, longest });
  const until = new Date(request.clock.wall() + longest).toISOString();
  const interrupted = () => session.end("interrupted");
  request.drain.addEventListener("abort", interrupted);
  if (request.drain.aborted) interrupted();
  try {
    const desk = await deskOf(request, { shown, settled, session, until, tell: events.push });
    const place = { ...request, session, now: () => request.clock.wall() };
    const server = await listen(place, (served) => phonePages(desk, served));
    void session.ended.then(() => server.close()).then(events.end);
    yield servingEvent(server.address, until, shown);
    yield* greeting(request, server.address, shown, localTime(until, request.zone));
    yield* events.all();
    return result(request, gathered, settled, await session.ended);
  } finally {
    request.drain.removeEventListener("abort", interrupted);
    // Whatever went wrong: nothing may go on being served, and no timer may keep the process.
    session.end("interrupted");
  }
}

function servingEvent(address: string, until: string, shown: readonly ServedPack[]): ServingEvent {
  const posts = shown.map(({ publication: { post, to, state, due }, files }) => {
    return { post, to, state, due, files: files.length };
  });
  return { type: "serving", address, until, idle: idle / 1000, posts };
}

interface Serving {
  shown: readonly ServedPack[];
  /** What each pack came to, by its number. */
  settled: Map<number, string>;
  session: Session;
  until: string;
  tell(event: StepEvent): void;
}

async function deskOf(request: ServeRequest, serving: Serving): Promise<PhoneDesk> {
  const { store, clock, routes, seed, zone } = request;
  const { shown, settled, session, tell } = serving;
  const { stop } = request;
  const context = { store, clock, routes, seed, stop, claimant: () => claimantOf(request) };
  return {
    ...{ zone, templates: await readPages(request.root), encrypted: request.identity !== null },
    now: () => nowOf(request),
    until: momentWords(serving.until, zone),
    packs: () =>
      Promise.all(
        shown.map(async (each) => {
          const now = await standing(store, each.publication);
          // A post that was removed meanwhile is not there to be posted.
          return { ...each, publication: now ?? { ...each.publication, state: "skipped" } };
        }),
      ),
    file: (pack, index) => shown[pack - 1]?.files[index - 1] ?? null,
    async settle(pack, said) {
      const each = shown[pack - 1];
      if (each === undefined) return { is: "refused", code: "no-such-publication" };
      const came = await settlePack(context, each.pack, said);
      if (came.is === "recorded") {
        settled.set(pack, came.publication.state);
        tell(came.publication);
        tell(noteOf(came.publication));
      }
      return came;
    },
    end: () => session.end("done"),
    failed: (error) => tell({ type: "say", text: `A page could not be made: ${String(error)}` }),
  };
}

async function showPack(pack: PhonePack, index: number): Promise<ServedPack> {
  const files = await Promise.all(
    pack.files.map(async (file, at) => ({
      ...{ kind: file.kind, index: at + 1, number: file.position, path: file.path },
      ...{ name: fileName(pack, file), type: mediaType(file.file) },
      size: (await stat(file.path)).size,
    })),
  );
  return { number: index + 1, pack, files, publication: pack.publication };
}

/** With the paths that only the server knows. */
interface ServedPack extends ShownPack {
  files: readonly (ShownFile & { path: string })[];
}

function result(
  { drain }: ServeRequest,
  { packs, handedOff, waiting, failed }: Gathered,
  settled: ReadonlyMap<number, string>,
  ended: EndReason | null,
): StepResult {
  const states = [...settled.values()];
  const counts = (state: string) => states.filter((each) => each === state).length;
  const left = packs.filter(
    ({ publication }, index) => publication.state === "handed-off" && !settled.has(index + 1),
  );
  return {
    exit: drain.aborted ? "interrupted" : failed > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "handoff",
      schemaVersion: 1,
      ...{ served: packs.length, handedOff, waiting, failed },
      ...{ live: counts("live"), submitted: counts("submitted"), notToday: counts("queued") },
      ...{ skipped: counts("skipped"), left: left.length, ended },
    },
  };
}
