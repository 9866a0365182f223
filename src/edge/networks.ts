import { networkInterfaces } from "node:os";

/** Every address of this machine with the name of its network card. */
export function machineAddresses(): { name: string; address: string }[] {
  return Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? []).map(({ address }) => ({ name, address })),
  );
}
