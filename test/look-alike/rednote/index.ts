import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A site on this machine that behaves like the hosts of RedNote's short links. */
export interface RednoteLinks {
  /** `http://127.0.0.1:PORT`; it stands for all of them. */
  origin: string;
  /** Where each path leads: an address, a status, or a page. */
  links: Map<string, string | number | { html: string }>;
  requests: { path: string; headers: IncomingMessage["headers"] }[];
  close(): Promise<void>;
}

/** The address of a note as a short link leads to it, with all that findmehere leaves behind. */
export function noteAddress(note: string): string {
  return `https://www.xiaohongshu.com/discovery/item/${note}?app_platform=ios&share_from_user_hidden=true&xsec_source=app_share&type=normal&xsec_token=CBs3cret%3D&author_share=1&shareRedId=s3cret&apptime=1759680000&share_id=s3cret`;
}

/** The address of an account, likewise. */
export function profileAddress(user: string): string {
  return `https://www.xiaohongshu.com/user/profile/${user}?xsec_source=app_share&xsec_token=CBs3cret%3D`;
}

/** Starts the site on a free port. */
export async function startRednoteLinks(): Promise<RednoteLinks> {
  const links: RednoteLinks["links"] = new Map();
  const requests: RednoteLinks["requests"] = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://site.example");
    requests.push({ path: `${pathname}${search}`, headers: request.headers });
    response.setHeader("set-cookie", "acw_tc=s3cret; Path=/; HttpOnly");
    const leads = links.get(pathname) ?? 404;
    if (typeof leads === "string") response.writeHead(302, { location: leads }).end();
    else if (typeof leads === "number") response.writeHead(leads).end();
    else response.writeHead(200, { "content-type": "text/html" }).end(leads.html);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ links, requests },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
