import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Bilingual } from "../core/destination.ts";
import type { PhoneSaid, Settled } from "../steps/phone/settle.ts";
import { readForm } from "../web/form.ts";
import { pagePolicy } from "../web/headers.ts";
import type { Served } from "../web/listen.ts";
import { formTokens } from "../web/secrets.ts";
import { sendFile } from "../web/send-file.ts";
import { indexPage, isOpen, noticePage, postPage } from "./pages.ts";
import type { PageContext, PageLanguage, PageTemplates, ShownPack } from "./pages.ts";
import { refusalWords } from "./words.ts";
import type { Told } from "./words.ts";

/** What the phone may see and say. */
export interface PhoneDesk {
  templates: PageTemplates;
  zone: string;
  /** ISO 8601 UTC, by the calendar. */
  now(): string;
  until: Bilingual;
  encrypted: boolean;
  /** Where everything stands now; numbers never change while it is served. */
  packs(): Promise<ShownPack[]>;
  /** The file of that post; null when there is no such one. Both count from 1. */
  file(pack: number, index: number): { path: string; type: string; name: string } | null;
  settle(pack: number, said: PhoneSaid): Promise<Settled>;
  end(): void;
  /** A mistake of ours while answering. */
  failed(error: unknown): void;
}

/** The pages: reading changes nothing, whatever looks ahead or asks twice; only forms of our own pages do. */
export function phonePages(desk: PhoneDesk, { token, origins }: Served): RequestListener {
  const tokens = formTokens();
  const app = new Hono();
  const form = (context: Context, page: string) =>
    readForm(context.req.raw, { page, tokens, origins });
  const html = (
    context: Context,
    page: string,
    make: (about: PageContext) => string,
    status = 200,
  ) => {
    const nonce = randomBytes(16).toString("base64url");
    const { templates, zone } = desk;
    const about = { templates, zone, now: desk.now(), language: languageOf(context), nonce };
    const text = make({ ...about, form: tokens.of(page) });
    return new Response(text, {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": pagePolicy(nonce),
      },
    });
  };
  const missing = (context: Context) =>
    html(
      context,
      "",
      (about) => noticePage(about, { ...notHere, back: `/${token}/?lang=${about.language}` }),
      404,
    );
  const post = async (context: Context, told: Told | null, pasted: string, status: number) => {
    const packs = await desk.packs();
    const shown = packs[Number(context.req.param("pack")) - 1];
    if (shown === undefined) return missing(context);
    const isNext = ({ number, publication }: ShownPack) =>
      number > shown.number && isOpen(publication.state);
    const next = packs.find(isNext)?.number ?? null;
    const about = { next, told, pasted, until: desk.until };
    return html(context, `post ${shown.number}`, (page) => postPage(page, shown, about), status);
  };

  app.get("/:token", (context) => context.redirect(`${context.req.param("token")}/`));
  app.get("/:token/", async (context) => {
    const packs = await desk.packs();
    return html(context, "index", (about) => indexPage(about, packs, desk));
  });
  app.get("/:token/:pack{[1-9][0-9]{0,3}}/", (context) => post(context, null, "", 200));
  app.get("/:token/:pack{[1-9][0-9]{0,3}}/file/:file{[1-9][0-9]{0,3}}", async (context) => {
    const { pack, file } = context.req.param();
    const found = desk.file(Number(pack), Number(file));
    const answer =
      found &&
      (await sendFile(found, {
        range: context.req.header("range") ?? null,
        headersOnly: context.req.method === "HEAD",
        download: context.req.query("dl") === "1",
      }));
    return answer ?? missing(context);
  });
  app.post("/:token/end", async (context) => {
    const read = await form(context, "index");
    if (read.is === "refused") return new Response(null, { status: read.status });
    const answer = html(context, "", (about) => noticePage(about, { ...over, back: "" }));
    answer.headers.set("connection", "close");
    desk.end();
    return answer;
  });
  app.post("/:token/:pack{[1-9][0-9]{0,3}}/:what{live|posted|later|skip}", async (context) => {
    const { pack, what } = context.req.param();
    const read = await form(context, `post ${pack}`);
    if (read.is === "refused") return new Response(null, { status: read.status });
    const shown = (await desk.packs())[Number(pack) - 1];
    if (shown === undefined) return missing(context);
    const pasted = read.fields.get("link") ?? "";
    const settled = await desk.settle(shown.number, saidBy(what, pasted));
    if (settled.is === "refused") {
      const { title, titleZh } = shown.pack.destination;
      return post(context, refusalWords(settled.code, { en: title, zh: titleZh }), pasted, 422);
    }
    // A page that is loaded again must not send the form again.
    return new Response(null, {
      status: 303,
      headers: { location: `./?lang=${languageOf(context)}` },
    });
  });
  app.notFound((context) => missing(context));
  app.onError((error, context) => {
    desk.failed(error);
    return html(context, "", (about) => noticePage(about, { ...broken, back: "" }), 500);
  });
  const answer = getRequestListener((request) => app.fetch(request), {
    overrideGlobalObjects: false,
  });
  return (incoming, outgoing) => void answer(incoming, outgoing);
}

function saidBy(what: string, pasted: string): PhoneSaid {
  if (what === "live") return { what: "live", pasted };
  if (what === "skip") return { what: "skip" };
  return what === "posted" ? { what: "posted" } : { what: "not-today" };
}

/** What the link says, else the phone's own language. */
function languageOf(context: Context): PageLanguage {
  const wanted = context.req.query("lang");
  if (wanted === "en" || wanted === "zh") return wanted;
  return /^\s*zh\b/i.test(context.req.header("accept-language") ?? "") ? "zh" : "en";
}

const notHere = {
  title: { en: "That is not here", zh: "找不到" },
  text: {
    en: "This file or post is gone, or was never here.",
    zh: "这个文件或这条内容已不在这里。",
  },
};

const over = {
  title: { en: "Closed", zh: "已关闭" },
  text: {
    en: "Nothing is served any more. What you told is kept; you can close this page.",
    zh: "已停止提供。你的记录都已保存，可以关闭此页面。",
  },
};

const broken = {
  title: { en: "That did not work", zh: "出错了" },
  text: {
    en: "findmehere made a mistake of its own; your computer says more. Nothing was recorded.",
    zh: "findmehere 出了错，电脑上有更多说明。没有记录任何内容。",
  },
};
