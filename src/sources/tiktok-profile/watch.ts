import type { BrowserContext, Request, Response } from "playwright-core";
import { listAddress, listResponse } from "../../tiktok/web-list.ts";
import type { ListPage } from "../../tiktok/web-list.ts";
import { answerTimeout, tooManyRequests } from "./site.ts";

/** One answer of a list that the page asked for by itself. */
export interface ListAnswer {
  page: ListPage;
  /** A step of the walk from the newest post to the oldest. */
  walks: boolean;
}

/** What the page asks and is answered; nothing is asked by us. */
export interface PageWatch {
  /** The answers since the last call, in the order in which they came. */
  take(): ListAnswer[];
  /** Waits until no list request is on its way, at most for a while. */
  idle(): Promise<void>;
  /** True while a list request is on its way. */
  readonly busy: boolean;
  /** True once the site asked to slow down. */
  readonly slowDown: boolean;
  /** HTML of the page that was loaded last; null when its body is not there any more. */
  document(): Promise<string | null>;
  /** Counts the pages that were loaded. */
  readonly loads: number;
  /** Only lists of this account count from now on. */
  only(secUid: string | null): void;
}

/** Begins to watch; to be called before the page is opened, since it asks for posts at once. */
export function watchLists(context: BrowserContext): PageWatch {
  const open = new Map<Request, Promise<void>>();
  let answers: (ListAnswer & { secUid: string | null })[] = [];
  let account: string | null = null;
  let slowDown = false;
  let loads = 0;
  let last: Promise<string | null> = Promise.resolve(null);

  context.on("request", (request) => {
    if (listAddress(request.url()) === null) return;
    open.set(request, ended(request));
  });
  context.on("response", (response) => {
    const request = response.request();
    if (isPageLoad(request)) {
      loads += 1;
      last = textOf(response);
    }
    const list = listAddress(request.url());
    const concerns = list !== null || isPageLoad(request);
    if (concerns && response.status() === tooManyRequests) slowDown = true;
  });

  /** Whatever becomes of the request, an answer is noted: a body, or none. */
  async function ended(request: Request): Promise<void> {
    const list = listAddress(request.url());
    const response = await request.response().catch(() => null);
    const body = response === null || !response.ok() ? "" : ((await textOf(response)) ?? "");
    open.delete(request);
    answers.push({
      page: listResponse(body),
      walks: list?.order === "newest",
      secUid: list?.secUid ?? null,
    });
  }

  return {
    take() {
      const taken = answers.filter(
        ({ secUid }) => account === null || secUid === null || secUid === account,
      );
      answers = [];
      return taken;
    },
    async idle() {
      const timeout = new Promise<void>((resolve) => {
        setTimeout(resolve, answerTimeout).unref();
      });
      while (open.size > 0) {
        const done = Promise.all(open.values()).then(() => true);
        if ((await Promise.race([done, timeout])) !== true) return;
      }
    },
    get busy() {
      return open.size > 0 || answers.length > 0;
    },
    get slowDown() {
      return slowDown;
    },
    document: () => last,
    get loads() {
      return loads;
    },
    only(secUid) {
      account = secUid;
    },
  };
}

function isPageLoad(request: Request): boolean {
  return request.isNavigationRequest() && request.frame().parentFrame() === null;
}

/** Null where the browser has dropped the body, or the line broke. */
function textOf(response: Response): Promise<string | null> {
  return response.text().catch(() => null);
}
