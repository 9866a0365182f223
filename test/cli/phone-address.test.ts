import { describe, expect, test } from "vitest";
import type { CommandCall } from "../../src/cli/command.ts";
import { phoneAddress } from "../../src/cli/phone-address.ts";
import { ExpectedError } from "../../src/core/error.ts";

const loopback = { name: "lo", address: "127.0.0.1" };
const home = { name: "wlan0", address: "192.168.1.20" };
const cable = { name: "eth0", address: "10.0.0.7" };

/** A call on a computer with these addresses, where nobody can be asked. */
function callOn(addresses: { name: string; address: string }[], address?: string): CommandCall {
  const options = address === undefined ? {} : { address };
  const machine = { addresses: () => addresses, interactive: false };
  return { options, common: { yes: false }, machine } as unknown as CommandCall;
}

async function refusal(call: CommandCall): Promise<ExpectedError["details"]> {
  const error: unknown = await phoneAddress(call).catch((thrown: unknown) => thrown);
  if (!(error instanceof ExpectedError)) throw new Error(`it was taken: ${String(error)}`);
  return error.details;
}

describe("the one address that is served at", () => {
  test("is the only one there is", async () => {
    expect(await phoneAddress(callOn([loopback, home]))).toBe("192.168.1.20");
  });

  test("is asked for where there are two, and named for scripts", async () => {
    const { exit, what, fix } = await refusal(callOn([loopback, home, cable]));
    expect(exit).toBe("usage");
    expect(what).toBe("This computer is in 2 networks: 192.168.1.20 (wlan0), 10.0.0.7 (eth0).");
    expect(fix).toContain("`findmehere handoff --address 192.168.1.20`");
    expect(await phoneAddress(callOn([loopback, home, cable], "10.0.0.7"))).toBe("10.0.0.7");
  });

  test("is missing where there is no private network, and a private one of another kind is named", async () => {
    const open = { name: "eth0", address: "203.0.113.9" };
    const none = await refusal(callOn([loopback, open]));
    expect(none).toMatchObject({ exit: "machine", code: "no-private-network" });
    const sixth = await refusal(callOn([loopback, { name: "en0", address: "fd00::2" }]));
    expect(sixth.fix).toContain("--address fd00::2");
  });

  test("may be typed with brackets, and has to be this computer's own", async () => {
    const call = (typed: string) =>
      callOn([loopback, home, { name: "en0", address: "fd00::2" }], typed);
    expect(await phoneAddress(call("[FD00::2]"))).toBe("fd00::2");
    expect(await phoneAddress(call("127.0.0.1"))).toBe("127.0.0.1");
    for (const wrong of ["0.0.0.0", "::", "203.0.113.9", "192.168.1.21", "laptop", "*"]) {
      expect((await refusal(call(wrong))).code, wrong).toBe("wrong-address");
    }
  });
});
