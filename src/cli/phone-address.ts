import { ExpectedError } from "../core/error.ts";
import { isLoopback, isPrivate, phoneAddresses } from "../web/addresses.ts";
import type { NetworkAddress } from "../web/addresses.ts";
import type { CommandCall } from "./command.ts";
import { textOption } from "./options.ts";

/** The one address that the phone is to come to: the one of --address, else the only one there is, else asked for. */
export async function phoneAddress(call: CommandCall): Promise<string> {
  const all = call.machine.addresses();
  const typed = textOption(call, "address");
  if (typed !== undefined) return typedAddress(typed, all);
  const found = phoneAddresses(all);
  const [first, second] = found;
  if (first === undefined) throw noNetwork(call);
  if (second === undefined) return first.address;
  const { yes, json } = call.common;
  if (!call.machine.interactive || yes || json) throw severalNetworks(found);
  return ask(found);
}

function typedAddress(typed: string, all: readonly NetworkAddress[]): string {
  const address = typed.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  const wrong = (why: string) =>
    new ExpectedError({
      exit: "usage",
      code: "wrong-address",
      what: `Nothing can be served at ${typed}.`,
      why,
      fix: `This computer has: ${shown(all.filter((each) => isPrivate(each.address) || isLoopback(each.address)))}.`,
    });
  if (!isLoopback(address) && !isPrivate(address)) {
    throw wrong(
      "It has to be this computer's own address or one of a private network, never all of them and never a public one.",
    );
  }
  // The whole of 127/8 is this computer, though only its first is listed.
  if (isLoopback(address) || all.some((each) => each.address.toLowerCase() === address))
    return address;
  throw wrong("This computer does not have that address.");
}

function shown(addresses: readonly NetworkAddress[]): string {
  return addresses.map(({ name, address }) => `${address} (${name})`).join(", ") || "none";
}

function noNetwork(call: CommandCall): ExpectedError {
  const own = call.machine.addresses().filter(({ address }) => isPrivate(address));
  return new ExpectedError({
    exit: "machine",
    code: "no-private-network",
    what: "This computer is in no private network in which a phone could find it.",
    why: "The pages are only served inside a Wi-Fi or a cable network of your own, never to the internet.",
    fix:
      own.length > 0
        ? `Join the Wi-Fi of your phone, or say which address to use: \`findmehere handoff --address ${own[0]?.address ?? ""}\`.`
        : "Join the Wi-Fi of your phone, or the phone's own hotspot, and type it again. Without a network: `findmehere handoff --folder FOLDER`.",
  });
}

function severalNetworks(found: readonly NetworkAddress[]): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "which-network",
    what: `This computer is in ${found.length} networks: ${shown(found)}.`,
    why: "The pages are served in one of them only.",
    fix: `Say in which one the phone is: \`findmehere handoff --address ${found[0]?.address ?? ""}\`.`,
  });
}

async function ask(found: readonly NetworkAddress[]): Promise<string> {
  // A third of what the command loads, and needed only where a person is asked.
  const { default: inquirer } = await import("inquirer");
  try {
    const { answer } = await inquirer.prompt<{ answer: string }>([
      {
        type: "select",
        name: "answer",
        message: "In which network is your phone?",
        choices: found.map(({ name, address }) => ({
          value: address,
          name: `${address}  ${name}`,
        })),
      },
    ]);
    return answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new ExpectedError({
      exit: "interrupted",
      code: "interrupted",
      what: "Nothing is served.",
      fix: "Type `findmehere handoff` to start again.",
    });
  }
}
