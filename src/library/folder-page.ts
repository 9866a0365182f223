import type { Bilingual } from "../core/destination.ts";
import { policyOf } from "./pack-page.ts";
import { renderPage } from "./page-engine.ts";

/** One pack as the list of a folder shows it. */
export interface ListedPack {
  /** Name of its folder. */
  folder: string;
  destinationTitle: string;
  destinationTitleZh: string;
  /** Without sign; empty when the settings do not name it. */
  account: string;
  title: string;
  due: Bilingual;
  /** True when it may be posted now. */
  ready: boolean;
  photos: number;
  videos: number;
  /** A picture to know it by, a name in its folder; empty when there is none. */
  picture: string;
  confirmCommand: string;
}

/** Makes the page that lists all packs of a folder; it works from the disk, without network, server or script. */
export function renderFolderPage(template: string, packs: readonly ListedPack[]): string {
  // Browsers hash styles after turning line ends into \n.
  const source = template.replaceAll(/\r\n?/g, "\n");
  return renderPage("handoff-folder.liquid", source, {
    policy: policyOf(source),
    count: packs.length,
    packs: packs.map((pack) => ({
      ...pack,
      address: `${encodeURIComponent(pack.folder)}/index.html`,
      picture:
        pack.picture === ""
          ? ""
          : `${encodeURIComponent(pack.folder)}/${encodeURIComponent(pack.picture)}`,
    })),
  });
}
