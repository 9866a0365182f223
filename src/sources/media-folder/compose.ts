import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { PostFields, SourcePost } from "../../core/post.ts";
import { captionHashtags, captionMentions } from "../../tiktok/caption-tags.ts";
import { postAddress } from "../../tiktok/page-address.ts";
import { dateOfId } from "../../tiktok/post-id.ts";
import { type Claim, type Claims, hasMedia } from "./claims.ts";
import { shownName } from "./file-name.ts";
import { folderMedia } from "./post-media.ts";
import { mergeTellings, type Telling } from "./telling.ts";

/** A post of the folder, and what is to be said of it. */
export interface FolderPost {
  post: SourcePost & { id: string };
  /** No sidecar tells of it: its id, its rough time and its files are all that is known. */
  namesOnly: boolean;
  /** How many photos there should be; 0 where nothing says. */
  photos: number;
}

/** A caption is no longer than that by far. */
const longestCaption = 64 * 1024;

/** Makes one post of all that the folder has of each id. Sorted by where they stand. */
export async function composePosts(
  tellings: readonly Telling[],
  claims: Claims,
  source: string,
): Promise<FolderPost[]> {
  const byId = new Map<string, Telling[]>();
  for (const telling of tellings) {
    const { id } = telling.post;
    const known = byId.get(id);
    if (known === undefined) byId.set(id, [telling]);
    else known.push(telling);
  }
  for (const [id, own] of claims.byPost) {
    const telling = byId.has(id) ? null : namesTelling(id, own, source);
    if (telling !== null) byId.set(id, [telling]);
  }
  const posts: FolderPost[] = [];
  for (const [id, [first, ...others]] of byId) {
    if (first === undefined) continue;
    const telling = mergeTellings([first, ...others]);
    posts.push(await composePost(telling, claims.byPost.get(id) ?? []));
  }
  return posts.toSorted((a, b) => compare(a.post.place, b.post.place));
}

async function composePost(telling: Telling, claims: readonly Claim[]): Promise<FolderPost> {
  const { post } = telling;
  const fields: Partial<PostFields> = {
    ...post.fields,
    ...(await describedIn(claims, post.fields)),
  };
  const unsure = telling.soundOnly;
  const { kind, media } = folderMedia(claims, fields.kind ?? null, unsure);
  if (kind !== null) fields.kind = kind;
  const pictures = media.flatMap(({ role, objectId }) =>
    role === "photo" ? (objectId ?? []) : [],
  );
  return {
    post: { ...post, fields, media, objectIds: [...new Set([...post.objectIds, ...pictures])] },
    namesOnly: telling.by === "names",
    photos: telling.photos,
  };
}

/** Only a file with the post's id and no sidecar: null where not even a caption or a file of it is whole. */
function namesTelling(id: string, claims: readonly Claim[], source: string): Telling | null {
  const date = dateOfId(id);
  const whole = claims.filter(({ file }) => file.bytes > 0);
  const [first] = whole.filter(({ role }) => role === "description" || hasMedia([{ role }]));
  if (date === null || first === undefined) return null;
  const handle = handleOfFolder(first);
  const post: Telling["post"] = {
    type: "post",
    source,
    id,
    date,
    roughDate: true,
    observed: null,
    objectIds: [],
    fields: handle === null ? {} : { url: postAddress(handle, id) },
    media: [],
    place: shownName(first.file.path),
  };
  return { post, by: "names", photos: 0, soundOnly: false };
}

/** gallery-dl makes a folder `tiktok/HANDLE`. */
function handleOfFolder({ file }: Claim): string | null {
  const folder = dirname(file.absolute);
  const name = basename(folder);
  return basename(dirname(folder)) === "tiktok" && /^[\w.]{2,24}$/.test(name) ? name : null;
}

/** The caption of a `.description` file, where no sidecar has one. */
async function describedIn(
  claims: readonly Claim[],
  fields: Partial<PostFields>,
): Promise<Partial<PostFields>> {
  const described = claims.find(({ role }) => role === "description")?.file;
  if ((fields.caption ?? "") !== "" || described === undefined) return {};
  if (described.bytes > longestCaption) return {};
  const content = await readFile(described.absolute, "utf8").catch(() => null);
  if (content === null) return {};
  const caption = content.replace(/^\uFEFF/, "");
  if (caption === "" && fields.caption !== undefined) return {};
  return { caption, hashtags: captionHashtags(caption), mentions: captionMentions(caption) };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
