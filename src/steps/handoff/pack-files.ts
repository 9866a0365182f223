import { join } from "node:path";
import type { Bilingual } from "../../core/destination.ts";
import type { Problem } from "../../core/problem.ts";
import type { ListedPack } from "../../library/folder-page.ts";
import { hashFile } from "../../library/manifest.ts";
import { draftMediaName } from "../../library/draft-files.ts";
import { renderPackPage } from "../../library/pack-page.ts";
import type { PackPage } from "../../library/pack-page.ts";
import { textFile } from "../../library/phone-folder.ts";
import type { FolderFile } from "../../library/phone-folder.ts";
import { localDay, localMoment, localTime } from "../../queue/local.ts";
import { filesOf, findPost } from "../../store/posts.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { packPageOf, readyDraft } from "../drafts/pack.ts";
import type { PackContext } from "../drafts/pack.ts";

/** What making the files of a pack needs. */
export interface PackFilesContext extends PackContext {
  /** Text of the template of a pack's page. */
  template: string;
  /** IANA zone of the dates. */
  zone: string;
}

/** A pack as it goes into a folder. */
export interface FolderPackFiles {
  publication: StoredPublication;
  listed: ListedPack;
  files: FolderFile[];
}

/** Everything of one pack; or why it cannot be made. Its folder is named by the day on which it goes out. */
export async function packFiles(
  context: PackFilesContext,
  publication: StoredPublication,
  now: string,
): Promise<FolderPackFiles | Problem> {
  const ready = await readyDraft(context, publication);
  if ("type" in ready) return ready;
  const { destination, draft, cover } = ready;
  const { post, stored } = await context.store.transaction(async (transaction) => ({
    post: await findPost(transaction, publication.post),
    stored: await filesOf(transaction, publication.post),
  }));
  const at = publication.due ?? publication.handedOffAt ?? now;
  const day = localDay(Date.parse(at), context.zone);
  const folder = `${day}_${publication.post}_${publication.to}`;
  const due = momentWords(at, context.zone);
  const page = packPageOf(context, destination, draft, post);
  const texts = [
    textFile(`${folder}/title.txt`, draft.title),
    textFile(`${folder}/body.txt`, draft.body),
    textFile(`${folder}/steps.txt`, stepsText(page, due)),
    textFile(
      `${folder}/index.html`,
      renderPackPage(context.template, { ...page, due, list: "../index.html" }),
    ),
  ];
  const names = [...new Set(cover === null ? draft.media : [...draft.media, cover])];
  const media: FolderFile[] = [];
  for (const name of names) {
    const file = join(context.root, draft.folder, name);
    const row = stored.find((each) => draftMediaName(each.path, each.role, each.position) === name);
    const sha256 = row?.sha256 ?? (await hashFile(file));
    media.push({ path: `${folder}/${name}`, sha256, bytes: row?.bytes ?? 0, from: { file } });
  }
  const photos = page.media.filter(({ kind }) => kind === "photo");
  return {
    publication,
    listed: {
      ...{ folder, due, account: page.account, confirmCommand: page.confirmCommand },
      destinationTitle: page.destinationTitle,
      destinationTitleZh: page.destinationTitleZh,
      title: draft.title || (draft.body.split("\n").find((line) => line.trim() !== "") ?? ""),
      ready: publication.state === "handed-off",
      photos: photos.length,
      videos: page.media.length - photos.length,
      picture: photos[0]?.file ?? cover ?? "",
    },
    files: [...texts, ...media],
  };
}

/** Plain text, for viewers that show no web page. */
function stepsText(page: PackPage, due: Bilingual): string {
  const inLanguage = (
    language: "en" | "zh",
    title: string,
    as: string,
    after: string,
  ): string[] => [
    title,
    due[language],
    ...(page.account === "" ? [] : [`${as}${page.account}`]),
    "",
    ...page.steps.map((step, index) => `${index + 1}. ${step[language]}`),
    "",
    after,
    page.confirmCommand,
  ];
  const notes = page.notes.flatMap(({ en, zh }) => [en, zh]);
  return [
    ...notes,
    ...(notes.length === 0 ? [] : [""]),
    ...inLanguage(
      "en",
      page.destinationTitle,
      "Post as: ",
      "When it is out, copy its link and type this on your computer:",
    ),
    "",
    "",
    ...inLanguage("zh", page.destinationTitleZh, "发布账号：", "发布之后复制链接，在电脑上输入："),
    "",
  ].join("\n");
}

function momentWords(iso: string, zone: string): Bilingual {
  const at = Date.parse(iso);
  const [year, month, day] = localDay(at, zone).split("-").map(Number);
  const { minute } = localMoment(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return {
    en: localTime(iso, zone),
    zh: `${year}年${month}月${day}日 ${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  };
}
