import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { hostOf, hostRule, mediaHosts, mediaHostsAsOf } from "../../src/download/hosts.ts";

const rule = hostRule(["127.0.0.1:8080", "mirror.example", "[::1]:9000"], ["*.tiktokcdn-asia.com"]);

describe("allowed", () => {
  test.each([
    "https://video-useast5.tiktokv.us/storage/v1/tos/x?x-tos-expires=1",
    "https://video-va.tiktokv.com/a",
    "https://p16-ttdyd-sign-sg.ibyteimg.com/a~tplv-noop.jpeg",
    "https://P16-SIGN.TIKTOKCDN-US.COM/a",
    "https://v16-webapp-prime.tiktok.com/video/a",
    "https://tiktokcdn.com/a",
    "https://tiktokcdn.com:443/a",
    "http://video-va.musical.ly/old",
    "https://p16.tiktokcdn-asia.com/a",
    "http://127.0.0.1:8080/a",
    "https://127.0.0.1:8080/a",
    "http://mirror.example/a",
    "https://mirror.example:8443/a",
    "http://[::1]:9000/a",
  ])("%s", (address) => {
    expect(rule.refuses(address)).toBeNull();
  });
});

describe("refused", () => {
  test.each([
    ["https://eviltiktokcdn.com/a", "not a known"],
    ["https://tiktokcdn.com.evil.example/a", "not a known"],
    ["https://evil.example/tiktokcdn.com", "not a known"],
    ["https://sub.mirror.example/a", "not a known"],
    ["http://video-va.tiktokv.com/a", "not https"],
    ["http://video-us.musical.ly/a", "not https"],
    ["https://video-va.tiktokv.com:8443/a", "no other port"],
    ["https://user:word@video-va.tiktokv.com/a", "user name"],
    ["http://user@127.0.0.1:8080/a", "user name"],
    ["https://tiktokcdn.com@evil.example/a", "user name"],
    ["http://127.0.0.1:8081/a", "IP address"],
    ["http://2130706433:8081/a", "IP address"],
    ["http://[::ffff:127.0.0.1]/a", "IP address"],
    ["https://169.254.169.254/latest/meta-data", "IP address"],
    ["file:///etc/passwd", "not a web address"],
    ["data:video/mp4;base64,AAAA", "not a web address"],
    ["nonsense", "not a web address"],
    ["", "not a web address"],
    ["https://p16.tiktokcdn.com/1.jpeg\nhttps://p16.tiktokcdn.com/2.jpeg", "not a web address"],
    ["https://www.tiktok.com/login/?redirect_url=http%3A%2F%2Fwebapp", "sign-in"],
  ])("%j: %s", (address, reason) => {
    expect(rule.refuses(address)).toContain(reason);
  });

  test("a reason never repeats the address", () => {
    expect(rule.refuses("https://evil.example/path?x-signature=SECRET")).not.toMatch(
      /SECRET|path|evil/,
    );
  });
});

test.each(["https://cdn.example", "cdn.example/path", "", "a b", "user@host"])(
  "the setting %j is refused as wrong settings",
  (entry) => {
    expect(() => hostRule([entry])).toThrow(ExpectedError);
  },
);

test("every known host says where it was seen, and the table has a date", () => {
  expect(mediaHostsAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  for (const each of mediaHosts) expect(each.source.length).toBeGreaterThan(10);
});

test("hostOf tells host and port and nothing else", () => {
  expect(hostOf("http://127.0.0.1:81/a?b#c")).toBe("127.0.0.1:81");
  expect(hostOf("nonsense")).toBeNull();
});
