import type { SourceContext, SourceEvent, SourceProfile, SourceReader } from "../../core/source.ts";
import { bareProfile } from "../../tiktok/web-profile.ts";
import { isWhole } from "./chain.ts";
import { noPosts, otherSite, withoutContent } from "./errors.ts";
import { type HarFile, openHar } from "./file.ts";
import { holdMedia, withHeld } from "./held.ts";
import { harNotes } from "./notes.ts";
import { type HarOwner, ownerOf } from "./owner.ts";
import { readPages, type SavedPage } from "./pages.ts";
import { type HarPosts, listedAuthors, readPosts } from "./posts.ts";
import { readLog } from "./read-log.ts";
import { type HarRequests, sortRequests } from "./requests.ts";

const source = "har";

/** Reads what a browser saved of the creator's own profile. Cookies, tokens and what was sent are never looked at. */
export const harReader: SourceReader = {
  async *read(input, context) {
    const { entries, titles } = await readLog(input, context.signal);
    const file = await openHar(input);
    try {
      const requests = await sortRequests(entries, file, context);
      if (!requests.ofTikTok) throw otherSite(input);
      const pages = await readPages(requests, file, { source, origin: context.origin });
      refuseEmpty(input, requests, pages);
      const owner = await chooseOwner(input, { context, requests, pages, titles, file });
      const told = await readPosts(requests, pages, {
        file,
        owner,
        source,
        origin: context.origin,
      });
      refuseTroubled(input, told);
      yield* events(told, { owner, pages, requests, file });
    } finally {
      await file.close();
    }
  },
};

async function chooseOwner(
  input: string,
  {
    context,
    requests,
    pages,
    titles,
    file,
  }: {
    context: SourceContext;
    requests: HarRequests;
    pages: readonly SavedPage[];
    titles: readonly string[];
    file: HarFile;
  },
): Promise<HarOwner> {
  let why = "It does not say whose list it holds.";
  const owner = await ownerOf(context.owner, {
    pages,
    titles,
    async authors() {
      const { handles, trouble } = await listedAuthors(requests, file);
      why = trouble ?? why;
      return handles;
    },
  });
  if (owner === null) throw noPosts(input, why);
  return owner;
}

async function* events(
  told: HarPosts,
  {
    owner,
    pages,
    requests,
    file,
  }: {
    owner: HarOwner;
    pages: readonly SavedPage[];
    requests: HarRequests;
    file: HarFile;
  },
): AsyncGenerator<SourceEvent> {
  const hold = holdMedia(file, requests.media);
  const profile = profileOf(owner, pages);
  yield { ...profile, avatar: await hold(profile.avatar) };
  let withoutVideo = 0;
  for (const post of told.posts.values()) {
    const offered = await Promise.all(post.media.map((each) => withHeld(each, hold)));
    const media = offered.filter((each) => each !== null);
    if (post.fields.kind === "video" && !media.some(({ role }) => role === "video")) {
      withoutVideo += 1;
    }
    yield { ...post, media };
  }
  yield* harNotes(told, { handle: owner.handle, counts: profile.posts, withoutVideo });
  const times = told.answers.flatMap(({ observed }) => observed ?? []).toSorted();
  const complete = told.bad.length === 0 && (profile.posts ?? 0) <= told.posts.size;
  yield {
    type: "coverage",
    source,
    // What came after the first page was asked for is not in the list.
    observed: times[0] ?? null,
    whole: complete && isWhole(told.answers),
    privateToo: false,
  };
}

function profileOf({ handle }: HarOwner, pages: readonly SavedPage[]): SourceProfile {
  const same = (page: SavedPage) => page.profile?.handle.toLowerCase() === handle.toLowerCase();
  const last = pages.findLast((page) => same(page) && page.profile !== null)?.profile?.profile;
  return last ?? bareProfile(source, handle);
}

function refuseEmpty(
  input: string,
  { lists, pages: asked }: HarRequests,
  pages: readonly SavedPage[],
): void {
  if (pages.some(({ items }) => items.length > 0)) return;
  const requests = [...lists, ...asked];
  const saved = requests.filter(({ entry }) => entry.body !== null || entry.size === 0);
  if (requests.length > 0 && saved.length === 0) throw withoutContent(input);
  if (lists.length > 0 && lists.every(({ entry }) => !saved.some((each) => each.entry === entry))) {
    throw withoutContent(input);
  }
  if (lists.length > 0) return;
  const trouble = pages.findLast((page) => page.trouble !== null)?.trouble?.message;
  throw noPosts(
    input,
    trouble ??
      "While the browser recorded, your profile was not opened, or its posts did not load.",
  );
}

/** Every page of the list came as something else. */
function refuseTroubled(input: string, { posts, others, answers }: HarPosts): void {
  const [first] = answers;
  if (posts.size > 0 || others > 0 || first === undefined) return;
  if (answers.some(({ page }) => page !== null && page.trouble === null)) return;
  const trouble = answers.find(({ page }) => page !== null)?.page?.trouble;
  if (trouble == null) throw withoutContent(input);
  throw noPosts(input, trouble.message);
}
