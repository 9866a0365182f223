import { main } from "../../src/cli/main.ts";
import { wireMachine } from "../../src/cli/wire.ts";

// The command line on a computer that is in two networks; all else is the real machine.
process.exitCode = await main(process.argv.slice(2), (interrupt) => ({
  ...wireMachine(interrupt),
  addresses: () => [
    { name: "lo", address: "127.0.0.1" },
    { name: "en0", address: "192.168.1.20" },
    { name: "en1", address: "10.0.0.7" },
  ],
}));
