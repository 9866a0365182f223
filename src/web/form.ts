import type { formTokens } from "./secrets.ts";

/** Most bytes of a form: a pasted sentence in Chinese letters, each escaped, and room to spare. */
const mostBytes = 16_384;

/** What a form came to. */
export type PostedForm =
  | { is: "right"; fields: URLSearchParams }
  | { is: "refused"; status: 400 | 403 | 413 | 415 };

/**
 * Reads a form of one of our own pages: from our own address, small, and with that page's token.
 * @param origins our own addresses, such as `http://192.168.1.5:50123`
 */
export async function readForm(
  request: Request,
  {
    page,
    tokens,
    origins,
  }: { page: string; tokens: ReturnType<typeof formTokens>; origins: ReadonlySet<string> },
): Promise<PostedForm> {
  if (!isFromUs(request.headers, origins)) return { is: "refused", status: 403 };
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    return { is: "refused", status: 415 };
  const text = await readText(request);
  if (text === null) return { is: "refused", status: 413 };
  const fields = new URLSearchParams(text);
  if (!tokens.isRight(page, fields.get("form") ?? "")) return { is: "refused", status: 403 };
  return { is: "right", fields };
}

/**
 * Our pages send no referrer, so browsers write `Origin: null` for their forms; a page elsewhere could do that
 * too, but knows neither the path nor the form's token. Sec-Fetch-Site comes only over HTTPS and on this machine.
 */
function isFromUs(headers: Headers, origins: ReadonlySet<string>): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && origin !== "null" && !origins.has(origin.toLowerCase())) return false;
  return site === null || site === "same-origin" || site === "none";
}

async function readText(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) return null;
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
