import fc from "fast-check";
import { expect, test } from "vitest";
import { redact, secretsOf } from "../../src/core/redact.ts";

test.each([
  [
    "a signed address",
    "got https://v16.tiktokcdn.com/abc/video.mp4?x-expires=1764000000&x-signature=AbC%3D twice",
    "got https://v16.tiktokcdn.com/… twice",
  ],
  [
    "a webhook",
    "to https://hooks.example.org/services/T0/B0/SeCrEt.",
    "to https://hooks.example.org/…",
  ],
  ["a login in an address", "postgres://mira:PaSs@db.example.org/x", "postgres://db.example.org/…"],
  [
    "a bot's address",
    "https://api.telegram.org/bot123456:AAE-x_y/sendVideo",
    "https://api.telegram.org/…",
  ],
  ["a bot's path alone", "/bot123456:AAE-x_y/sendVideo", "/bot<secret>/sendVideo"],
  ["a bot's token alone", `token 123456789:${"aB3_-".repeat(7)} x`, "token <secret> x"],
  ["a bearer", "authorization is Bearer abc.def-123=", "authorization is Bearer <secret>"],
  ["a header", "Authorization: Basic bWlyYTpwYXNz\nnext", "Authorization: <secret>\nnext"],
  ["cookies", "Cookie: sessionid=1; ttwid=2\nnext", "Cookie: <secret>\nnext"],
  ["set-cookie in JSON", '{"set-cookie":"a=b; HttpOnly"}', '{"set-cookie":<secret>'],
  ["a cookie alone", "sessionid=abc123; path", "sessionid=<secret>; path"],
  [
    "the query alone",
    "?x-expires=17&x-signature=Zz%2F end",
    "?x-expires=<secret>&x-signature=<secret> end",
  ],
  ["JSON", '{"token":"abc","count":3}', '{"token":"<secret>","count":3}'],
  ["xsec_token", "xsec_token=ABk_9= end", "xsec_token=<secret> end"],
  ["an ntfy token", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2 x", "<secret> x"],
])("%s", (_, text, left) => {
  expect(redact(text)).toBe(left);
});

test.each([
  "hello@rednote: It waits until Tue 6 Oct 2026, 08:00: these are your quiet hours.",
  "The file posts/2024-09-17_7415551234567890123/video.mp4 is missing.",
  "Type `findmehere confirm --post hello --to lemon8`.",
  "exit=done due=2 handedOff=2 failed=0 waiting=0",
  "2026-10-05T18:00:00.000Z note publish: end",
])("leaves alone what is none: %s", (text) => {
  expect(redact(text)).toBe(text);
});

test("what this run knows as a secret goes, wherever it stands", () => {
  const environment = {
    FINDMEHERE_DEEPL_KEY: "plainlooking",
    FINDMEHERE_NOTIFY_NTFY: "mira-x7Kq29",
    FINDMEHERE_TELEGRAM_TOKEN: "",
    PATH: "/usr/bin",
  };
  expect(secretsOf(environment)).toEqual(["plainlooking", "mira-x7Kq29"]);
  expect(redact("a plainlooking b/mira-x7Kq29", secretsOf(environment))).toBe(
    "a <secret> b/<secret>",
  );
  // A short one would take half of the log with it.
  expect(redact("a note", ["note"])).toBe("a note");
});

test("no value of a secret name is ever left, whatever stands around it", () => {
  const value = fc.stringMatching(/^[A-Za-z0-9%+/._-]{8,40}$/);
  const named = fc.constantFrom("sessionid", "x-signature", "access_token", "api_key", "password");
  const around = fc.stringMatching(/^[a-z ]{0,10}$/);
  fc.assert(
    fc.property(value, named, around, around, (secret, key, before, after) => {
      for (const text of [
        `${before} ${key}=${secret} ${after}`,
        `https://host.example/${before.trim()}?${key}=${secret}&y=1 ${after}`,
        `{"${key}": "${secret}"}`,
        `${before} Bearer ${secret} ${after}`,
      ]) {
        expect(redact(text)).not.toContain(secret);
        expect(redact(redact(text))).toBe(redact(text));
      }
    }),
  );
});
