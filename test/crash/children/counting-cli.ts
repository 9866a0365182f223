import type { Destination } from "../../../src/core/destination.ts";
import type { Machine } from "../../../src/cli/command.ts";
import type { Wire } from "../../../src/cli/main.ts";
import { countingDestination } from "../../look-alike/counting/destination.ts";

// The built command line on the real machine, with one destination more: the counting site, whose address is
// COUNTING_ORIGIN. COUNTING_WALL moves the machine's clock by so many milliseconds.
const built = (file: string) => new URL(`../../../dist/${file}`, import.meta.url).href;
const { main } = (await import(built("cli/main.js"))) as {
  main(words: readonly string[], wire: Wire): Promise<number>;
};
const { wireMachine } = (await import(built("cli/wire.js"))) as { wireMachine: Wire };
const { rednote } = (await import(built("destinations/rednote/index.js"))) as {
  rednote: Destination;
};
const counting = countingDestination(rednote, process.env["COUNTING_ORIGIN"] ?? "");
const shift = Number(process.env["COUNTING_WALL"] ?? "0");

process.exitCode = await main(process.argv.slice(2), (interrupt): Machine => {
  const machine = wireMachine(interrupt);
  const { clock } = machine;
  return {
    ...machine,
    clock: { ...clock, wall: () => clock.wall() + shift },
    destinations: [counting],
    findDestination: () => counting,
  };
});
