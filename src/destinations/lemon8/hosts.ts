import type { Reach } from "../../core/way.ts";
import { lemon8Hosts, lemon8Origin } from "./site.ts";

/**
 * The address that is really asked: with another origin in the settings, that one stands for all of Lemon8's
 * hosts. Null where it may not be asked: another host, no https, another port, a user name.
 */
export function askable(address: URL, { origin, allowHosts }: Reach): URL | null {
  if (address.username !== "" || address.password !== "") return null;
  if (isLemon8(address)) {
    return origin === lemon8Origin
      ? address
      : new URL(`${address.pathname}${address.search}`, origin);
  }
  if (address.origin === origin || allowHosts.some((entry) => isHost(entry, address))) {
    return ["http:", "https:"].includes(address.protocol) ? address : null;
  }
  return null;
}

/** The same address on Lemon8's own host, where it is one of the origin in the settings. */
export function onLemon8(address: URL, { origin }: Reach): string {
  return address.origin === origin
    ? `${lemon8Origin}${address.pathname}${address.search}`
    : address.href;
}

function isLemon8({ protocol, port, hostname }: URL): boolean {
  return protocol === "https:" && port === "" && lemon8Hosts.includes(hostname);
}

function isHost(entry: string, { hostname, port, protocol }: URL): boolean {
  const wanted = entry.trim().toLowerCase();
  const number = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return wanted === hostname || wanted === `${hostname}:${number}`;
}
