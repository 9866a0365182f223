import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import type { CheckEvent } from "../../core/event.ts";
import type { NoticeServiceId } from "../../core/notice.ts";
import { configuredServices, openService } from "../../notify/index.ts";
import { NoticeError } from "../../notify/error.ts";
import type { NoticeMessage, NotifySettings } from "../../notify/service.ts";
import type { NoticeOffice } from "./send.ts";

const titles: Record<NoticeServiceId, string> = {
  ntfy: "ntfy",
  webhook: "Webhook",
  telegram: "Telegram",
};

/**
 * Looks at each service that is set up: whether its settings and its secret are there, and, where it is asked
 * for, whether a test message arrives. Of an address only the host is told.
 */
export async function* tryServices(
  office: NoticeOffice,
  test: { clock: Clock; signal: AbortSignal } | null,
): AsyncGenerator<CheckEvent> {
  for (const id of office.services) {
    const base = { type: "check", name: `Notices by ${titles[id]}`, needed: false } as const;
    try {
      const service = await openService(id, office.settings, await office.secret(id));
      if (test !== null) await service.send(testMessage(office, test.clock), test.signal);
      const detail =
        test === null
          ? `${service.host}; \`findmehere doctor --notify\` sends a test message`
          : `a test message went to ${service.host}`;
      yield { ...base, good: true, detail, fix: "" };
    } catch (error) {
      if (error instanceof NoticeError) {
        yield { ...base, good: false, detail: error.message, fix: error.fix || "Try again later." };
      } else if (error instanceof ExpectedError) {
        const { what, why = "", fix = "" } = error.details;
        yield { ...base, good: false, detail: [what, why].filter(Boolean).join(" "), fix };
      } else throw error;
    }
  }
}

/** Looks whether the settings of the services can be right, secrets aside. Throws ExpectedError (exit `settings`). */
export async function checkServices(settings: NotifySettings): Promise<void> {
  for (const id of configuredServices(settings)) {
    try {
      await openService(id, settings, null);
    } catch (error) {
      if (!(error instanceof NoticeError)) throw error;
    }
  }
}

function testMessage({ library }: NoticeOffice, clock: Clock): NoticeMessage {
  const at = new Date(clock.calendar()).toISOString();
  return {
    id: `test-${at}`,
    kind: "test",
    library,
    at,
    title: "findmehere can reach you",
    text: `This is a test for ${library}. You will be told here when a post is ready, or when something needs you.\n这是一条测试消息。`,
    items: [],
    words: [],
    files: [],
  };
}
