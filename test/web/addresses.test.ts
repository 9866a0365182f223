import { describe, expect, test } from "vitest";
import { hostOf, isLoopback, isPrivate, phoneAddresses } from "../../src/web/addresses.ts";

describe("private addresses", () => {
  test.each([
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.20",
    "169.254.3.4",
    "100.64.0.1",
    "100.127.255.1",
    "fd00::2",
  ])("%s is private", (address) => expect(isPrivate(address)).toBe(true));

  test.each([
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "11.0.0.1",
    "0.0.0.0",
    "::",
    // It needs the name of a card behind it, which browsers do not take.
    "fe80::1",
    "2001:db8::1",
    "127.0.0.1",
    "192.168.1",
    "laptop",
    "",
  ])("%s is not", (address) => expect(isPrivate(address)).toBe(false));

  test("only this computer itself is loopback", () => {
    expect(["127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
    expect(["128.0.0.1", "127.example", "::", "localhost"].some(isLoopback)).toBe(false);
  });
});

describe("where a phone may find us", () => {
  const card = (name: string, address: string) => ({ name, address });

  test("not on this computer alone, not on the internet, not by addresses that nobody can type", () => {
    const all = [card("lo", "127.0.0.1"), card("eth0", "203.0.113.9"), card("en0", "fd00::2")];
    expect(phoneAddresses(all)).toEqual([]);
  });

  test("what people have at home first", () => {
    const all = [
      card("utun3", "100.100.1.2"),
      card("eth1", "10.0.0.7"),
      card("wlan0", "192.168.1.20"),
    ];
    expect(phoneAddresses(all).map(({ name }) => name)).toEqual(["wlan0", "eth1", "utun3"]);
  });

  test("virtual machines only where there is nothing else", () => {
    const docker = card("docker0", "172.17.0.1");
    expect(phoneAddresses([docker, card("en0", "192.168.0.3")]).map(({ name }) => name)).toEqual([
      "en0",
    ]);
    expect(phoneAddresses([docker])).toEqual([docker]);
  });
});

test("an address with its port, as a Host header has it", () => {
  expect(hostOf("192.168.1.20", 50123)).toBe("192.168.1.20:50123");
  expect(hostOf("fd00::2", 80)).toBe("[fd00::2]:80");
});
