import { splitLink } from "./media-address.ts";

/** Hosts that TikTok itself writes; any other may be a creator's own place and is not named. */
const platformHosts = [
  ...["tiktok.com", "tiktokv.com", "tiktokv.us", "tiktokv.eu", "tiktokcdn.com", "tiktokcdn-us.com"],
  ...["tiktokcdn-eu.com", "ibyteimg.com", "byteimg.com", "ibytedtos.com", "muscdn.com"],
  ...["musical.ly", "byteoversea.com", "lemon8-app.com"],
];

/** Says what a value looks like, and nothing of what it says: `string date-like`, `string 34 characters`. */
export function valueShape(value: unknown): string {
  if (typeof value === "string") return `string ${textShape(value)}`;
  if (typeof value === "number") {
    return Number.isInteger(value)
      ? `number ${String(Math.abs(value)).length} digits`
      : "number with fraction";
  }
  return value === null ? "null" : typeof value;
}

function textShape(text: string): string {
  const plain = text.trim();
  if (plain === "") return "empty";
  if (/^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?$/.test(plain)) return "date-like";
  const links = splitLink(plain);
  if (links.length > 0 && /^https?:/i.test(plain)) {
    const count = links.length > 1 ? `${links.length} urls` : "url";
    return `${count} ${hostShape(links[0] ?? "")}`;
  }
  if (/^\d+$/.test(plain)) return `${plain.length} digits`;
  if (/^(?:yes|no|on|off|true|false|n\/a|none)$/i.test(plain)) return "yes-no";
  return `${text.length} characters`;
}

function hostShape(address: string): string {
  const host = URL.parse(address)?.hostname ?? "";
  const known = platformHosts.find((each) => host === each || host.endsWith(`.${each}`));
  return known === undefined ? "host of another place" : `host ${known}`;
}
