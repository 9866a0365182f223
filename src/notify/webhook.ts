import { createHmac } from "node:crypto";
import { checkedAddress } from "./address.ts";
import { ask, refusal } from "./ask.ts";
import { webhookPatience } from "./facts.ts";
import type { NoticeService } from "./service.ts";

/**
 * One's own address: a POST of JSON. With a secret, `x-findmehere-signature` is `sha256=` and the HMAC-SHA256 of
 * the body's bytes in hex; `x-findmehere-delivery` is the same for every try of one notice. Throws
 * ExpectedError (exit `settings`).
 */
export function webhook(setting: string, secret: string | null): NoticeService {
  const url = checkedAddress(setting, "notify.webhook", false);
  return {
    id: "webhook",
    title: "Webhook",
    host: url.host,
    async send({ id, kind, library, at, title, text, items, words }, signal) {
      const body = JSON.stringify({
        type: "notice",
        schemaVersion: 1,
        id,
        kind,
        library,
        at,
        title,
        text,
        items,
        words,
      });
      const answer = await ask({
        address: url.href,
        method: "POST",
        headers: {
          "x-findmehere-delivery": id,
          ...(secret === null ? {} : { "x-findmehere-signature": signature(body, secret) }),
        },
        body,
        patience: webhookPatience,
        signal,
      });
      if (answer.status < 200 || answer.status >= 300) {
        throw refusal(answer, "Look whether notify.webhook is still the right address.");
      }
    },
    carries: (message) => message,
    attach: null,
  };
}

function signature(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
