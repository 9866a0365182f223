import { isIPv4, isIPv6 } from "node:net";

/** One address of this machine. */
export interface NetworkAddress {
  /** Name of the network card, such as `en0`. */
  name: string;
  address: string;
}

/** True for this machine alone. */
export function isLoopback(address: string): boolean {
  return address === "::1" || (isIPv4(address) && address.startsWith("127."));
}

/**
 * True for an address that the wider internet cannot reach: RFC 1918, link-local, the range of carriers that
 * private networks such as Tailscale use (100.64.0.0/10), and unique local IPv6.
 */
export function isPrivate(address: string): boolean {
  if (isIPv6(address)) return /^f[cd][0-9a-f]{2}:/i.test(address);
  if (!isIPv4(address)) return false;
  const [first = 0, second = 0] = address.split(".").map(Number);
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128)
  );
}

/** Cards that lead to containers and virtual machines, where no phone is. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|lxc|vEthernet|bridge\d)/i;

/**
 * The addresses at which a phone of this network may find us, the likeliest first: IPv4, since those can be typed.
 * Cards of virtual machines count only where there is nothing else.
 */
export function phoneAddresses(all: readonly NetworkAddress[]): NetworkAddress[] {
  const found = all.filter(({ address }) => isIPv4(address) && isPrivate(address));
  const real = found.filter(({ name }) => !virtual.test(name));
  return (real.length > 0 ? real : found).toSorted((one, other) => rank(one) - rank(other));
}

/** What people have at home first; link-local and tunnels last. */
function rank({ address }: NetworkAddress): number {
  const order = ["192.168.", "10.", "172.", "100.", "169.254."];
  return order.findIndex((start) => address.startsWith(start));
}

/** The address as it stands in a URL and in the Host header. */
export function hostOf(address: string, port: number): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${port}`;
}
