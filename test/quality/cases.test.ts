import { describe, expect, test } from "vitest";
import { filesOf } from "./house.ts";

/** A file below test/ and, from outside in, the titles that lead to the test. */
type Proof = readonly [file: string, ...titles: string[]];

interface Case {
  row: number;
  what: string;
  proofs: readonly Proof[];
}

/** What a careful exporter must handle (fact sheet of 2026-11-20, section 6), and the tests that hold us to it. */
const cases: readonly Case[] = [
  {
    row: 1,
    what: "an empty list is no posts, a part that is missing was not asked for",
    proofs: [
      ["sources/tiktok-archive.test.ts", "takes $none as no posts, not as a missing part"],
      ["sources/tiktok-archive-parts.test.ts", "says that posts or the profile were not asked for"],
      [
        "sources/tiktok-archive-parts.test.ts",
        "reads an archive of two parts with empty lists of people",
      ],
      [
        "journeys/export-generations.test.ts",
        "an archive without posts, or with null for its lists, ends with 0 and says what is missing",
      ],
    ],
  },
  {
    row: 2,
    what: "every generation of the archive",
    proofs: [
      ["sources/tiktok-archive.test.ts", "the %s generation", "gives the same posts as the others"],
      [
        "journeys/export-generations.test.ts",
        "an archive of the %s generation",
        "ends with 0 and has the same posts as the others, in UTC wherever it is read",
      ],
    ],
  },
  {
    row: 3,
    what: "what was watched is nobody's own post",
    proofs: [
      ["sources/tiktok-archive-parts.test.ts", "never takes what was watched for posts"],
      ["tiktok/archive-value.test.ts", "knows what %j is"],
      [
        "sources/tiktok-archive-text.test.ts",
        "never takes what was watched or liked, whatever the file is called",
      ],
      ["journeys/export-sample.test.ts", "never has deleted posts, or what the creator watched"],
    ],
  },
  {
    row: 4,
    what: "one link of several lines is a photo post in order, one photo is one too",
    proofs: [
      ["tiktok/media-address.test.ts", "splits one link of several lines, in order"],
      ["tiktok/media-address.test.ts", "tells photos from videos"],
      [
        "journeys/export-generations.test.ts",
        "keeps media and words byte for byte, twelve photos in their order",
      ],
    ],
  },
  {
    row: 5,
    what: "links that died are told with their day, and not asked for",
    proofs: [
      [
        "journeys/export-links.test.ts",
        "are recognised before any request; the day and what to do are said",
      ],
    ],
  },
  {
    row: 6,
    what: "links that die soon are told, photos go first",
    proofs: [
      [
        "journeys/export-links.test.ts",
        "that die within a day are said before the fetching begins",
      ],
      [
        "journeys/export-links.test.ts",
        "of photos are followed first, whatever dies sooner: theirs live shortest in an archive",
      ],
    ],
  },
  {
    row: 7,
    what: "no caption is no caption, and a second source is asked for",
    proofs: [
      ["tiktok/archive-value.test.ts", "keeps texts byte for byte"],
      [
        "journeys/export-join.test.ts",
        "captions of posts that the archive lacks are posts too; posts without a caption are listed",
      ],
    ],
  },
  {
    row: 8,
    what: "the archive's words for nothing are nothing",
    proofs: [
      ["tiktok/archive-value.test.ts", "takes %j as nothing"],
      ["tiktok/archive-value.test.ts", "never makes 0 of an unknown count"],
      [
        "sources/tiktok-archive.test.ts",
        "falls back where the profile says None, and offers Lemon8",
      ],
    ],
  },
  {
    row: 9,
    what: "what not everyone can see, or nobody knows, is private and never drafted",
    proofs: [
      [
        "sources/tiktok-archive.test.ts",
        "counts a value of WhoCanView that nobody knows as private",
      ],
      ["journeys/migrate.test.ts", "keeps the private post and never drafts it"],
    ],
  },
  {
    row: 10,
    what: "deleted posts are counted and left out, a sign-in page is never opened",
    proofs: [
      ["sources/tiktok-archive.test.ts", "leaves deleted posts out and says how many"],
      [
        "sources/tiktok-archive.test.ts",
        "keeps a post whose link is missing, and never takes a sign-in page for its file",
      ],
      [
        "journeys/export-generations.test.ts",
        "says what was left out and what it did not recognise",
      ],
    ],
  },
  {
    row: 11,
    what: "dates are UTC wherever they are read",
    proofs: [
      ["tiktok/time.test.ts", "is the same instant in %s"],
      ["tiktok/time.test.ts", "reads UTC, with and without the word"],
      [
        "journeys/export-generations.test.ts",
        "ends with 0 and has the same posts as the others, in UTC wherever it is read",
      ],
    ],
  },
  {
    row: 12,
    what: "times join within seconds, one to one, and doubt is told",
    proofs: [
      ["merge/join.test.ts", "two that lie %i seconds apart"],
      [
        "merge/join.test.ts",
        "nothing joins twice, nothing doubtful joins, no two different ids join",
      ],
      ["journeys/export-join.test.ts", "two videos and two captions of one second are not guessed"],
    ],
  },
  {
    row: 13,
    what: "ids keep all their digits",
    proofs: [
      [
        "tiktok/web-item.test.ts",
        "Ids keep all their digits, and a rounded one is not used unless an address has it (row 13)",
      ],
      [
        "sources/media-folder.test.ts",
        "keeps the id whole where another program wrote it as a number",
      ],
      ["sources/har.test.ts", "keeps the digits of an id that was written as a number"],
      ["sources/tiktok-archive-choice.test.ts", "numbers that JavaScript would round, as they are"],
    ],
  },
  {
    row: 14,
    what: "exact counts go before rounded ones",
    proofs: [
      [
        "tiktok/web-item.test.ts",
        "Counts come exact, as digits too; what is not told is unknown (row 14)",
      ],
      ["tiktok/web-page.test.ts", "A profile is told with its exact counts (row 14)"],
      [
        "journeys/export-profile.test.ts",
        "reads a hundred posts to the end into a new library, and asks the page for nothing itself",
      ],
    ],
  },
  {
    row: 15,
    what: "a pinned post keeps its flag and ends no reading",
    proofs: [
      [
        "sources/tiktok-profile-reading.test.ts",
        "ends when enough is there; pinned posts say nothing of that",
      ],
      [
        "journeys/export-profile.test.ts",
        "takes pinned, overlapping, empty and broken pages, and drops what is not the creator's",
      ],
    ],
  },
  {
    row: 16,
    what: "pages overlap, repeat, come empty or broken; the gap is told",
    proofs: [
      [
        "journeys/export-profile.test.ts",
        "takes pinned, overlapping, empty and broken pages, and drops what is not the creator's",
      ],
      ["journeys/export-profile.test.ts", "says how many posts the page did not show"],
      ["journeys/export-profile.test.ts", "ends where the page tells the same again and again"],
      [
        "sources/har.test.ts",
        "tells each kind of page that came as something else, unless it came later",
      ],
      ["tiktok/web-page.test.ts", "Each way in which a list is none is told apart (row 16)"],
    ],
  },
  {
    row: 17,
    what: "other people's posts are dropped",
    proofs: [
      [
        "sources/tiktok-profile-reading.test.ts",
        "drops posts of others and counts what cannot be read",
      ],
      ["sources/har.test.ts", "drops what others made and says how much in one note"],
      [
        "journeys/export-profile.test.ts",
        "takes pinned, overlapping, empty and broken pages, and drops what is not the creator's",
      ],
      ["journeys/export-join.test.ts", "records of other accounts are left out and said"],
    ],
  },
  {
    row: 18,
    what: "mirrors are one picture, and the first that works is taken",
    proofs: [
      [
        "tiktok/web-media.test.ts",
        "Every picture is one file, its mirrors are ways to it (rows 18, 19)",
      ],
      ["download/origins.test.ts", "a way that fails for good leads to the next one", "%s"],
    ],
  },
  {
    row: 19,
    what: "a slideshow is photos, no broken video",
    proofs: [
      [
        "tiktok/web-media.test.ts",
        "A slideshow that plays its music is photos all the same (row 19)",
      ],
      [
        "tiktok/web-media.test.ts",
        "Every picture is one file, its mirrors are ways to it (rows 18, 19)",
      ],
      [
        "tiktok/web-item.test.ts",
        "A photo post has its title beside its caption and no length (rows 18, 19)",
      ],
    ],
  },
  {
    row: 20,
    what: "a form with TikTok's mark comes last and is told",
    proofs: [
      [
        "tiktok/web-media.test.ts",
        "The marked form is the last way and says so; alone it is better than nothing (row 20)",
      ],
      [
        "steps/export-ways.test.ts",
        "is remembered, not fetched again, and gives way to a clean one",
      ],
      [
        "sources/har-media.test.ts",
        "keeps the form with TikTok's mark last, also when only that was saved",
      ],
    ],
  },
  {
    row: 21,
    what: "H.264 with sound first; the sound is looked for in the file",
    proofs: [
      [
        "tiktok/web-media.test.ts",
        "H.264 with sound first by size, then H.265, never silent or unplayable forms (row 21)",
      ],
      [
        "download/origins.test.ts",
        "a form without it, or one that no player knows, leads to the next one",
      ],
    ],
  },
  {
    row: 22,
    what: "what is no media fails with its reason, whatever it is called",
    proofs: [
      [
        "download/download.test.ts",
        "%s is not-media, asked for once more, and leaves nothing behind",
      ],
      ["journeys/export-network.test.ts", "says what happened to the post %s, and what to do"],
    ],
  },
  {
    row: 23,
    what: "the bytes give the ending",
    proofs: [
      ["download/download.test.ts", "a picture ends in .%s"],
      ["journeys/export-folder.test.ts", "keeps videos, photos in order and covers, byte for byte"],
    ],
  },
  {
    row: 24,
    what: "the description is the caption, a made-up title never",
    proofs: [
      ["sources/media-folder.test.ts", "becomes a post with the whole caption"],
      [
        "sources/media-folder.test.ts",
        "keeps an empty caption empty and never takes the made-up title",
      ],
      ["sources/media-folder-files.test.ts", "the caption comes from the .description file"],
    ],
  },
  {
    row: 25,
    what: "files and sidecars meet by id; what is left over is listed",
    proofs: [
      [
        "sources/media-folder-files.test.ts",
        "are found by the id in their name, or by the names in a dump",
      ],
      [
        "sources/media-folder-files.test.ts",
        "are those under the sidecar's name: video, cover, subtitles, not the fragments",
      ],
      ["journeys/export-folder.test.ts", "lists what fits nothing, each with what helps"],
    ],
  },
  {
    row: 26,
    what: "a playlist's sidecar is no post",
    proofs: [
      [
        "sources/media-folder-files.test.ts",
        "says who it is and is no post; one of a hashtag says nothing",
      ],
    ],
  },
  {
    row: 27,
    what: "yt-dlp's slideshow lacks its photos, and says what brings them",
    proofs: [
      ["sources/media-folder-files.test.ts", "is a photo post whose photos are missing, said once"],
      ["journeys/export-folder.test.ts", "lists what fits nothing, each with what helps"],
    ],
  },
  {
    row: 28,
    what: "gallery-dl's files are one post, 2 before 10, without music, cover and avatar",
    proofs: [
      [
        "sources/media-folder-gallery.test.ts",
        "makes one post of one record a photo, 2 before 10, the music left out",
      ],
      [
        "sources/media-folder-gallery.test.ts",
        "gives covers, subtitles and the profile picture their place; none of them is a photo",
      ],
      ["journeys/export-folder.test.ts", "keeps videos, photos in order and covers, byte for byte"],
    ],
  },
  {
    row: 29,
    what: "nothing private and no key gets out",
    proofs: [
      [
        "journeys/export-privacy.test.ts",
        "is in no file of a library, the bytes of the database among them",
      ],
      ["journeys/export-privacy.test.ts", "is in no line that was written: %s"],
      ["journeys/export-folder.test.ts", "lets no cookie, header or signed address past the door"],
      [
        "journeys/export-har-alone.test.ts",
        "without a cookie, a token or a signed address in any byte",
      ],
    ],
  },
  {
    row: 30,
    what: "captions stay byte for byte, tags are where TikTok saw them",
    proofs: [
      [
        "tiktok/web-item.test.ts",
        "A caption stays byte for byte, its tags are where TikTok saw them (row 30)",
      ],
      ["tiktok/web-item.test.ts", "A caption of 4000 letters with odd offsets is whole"],
      [
        "journeys/export-sample.test.ts",
        "keeps captions byte for byte, in caption.txt, posts.jsonl and posts.csv",
      ],
    ],
  },
  {
    row: 31,
    what: "the text form in every encoding, label and language",
    proofs: [
      ["sources/tiktok-archive-text.test.ts", "is read with %s"],
      [
        "sources/tiktok-archive-text.test.ts",
        "is read in Dutch, where files are found by what stands in them",
      ],
      ["sources/tiktok-archive-text.test.ts", "is read in the form of 2019"],
      [
        "sources/tiktok-archive-text.test.ts",
        "keeps a caption whole that has lines with colons and blank lines",
      ],
      ["tiktok/archive-text.test.ts", "a line of the text form", "%j"],
    ],
  },
  {
    row: 32,
    what: "odd zips and JSON: the fullest copy is read, harm is refused, a fault has its place",
    proofs: [
      ["sources/tiktok-archive-choice.test.ts", "takes the fullest and says so: %s"],
      ["sources/tiktok-archive-files.test.ts", "finds the JSON in zip %#"],
      ["sources/tiktok-archive-files.test.ts", "refuses a name that points outside"],
      ["sources/tiktok-archive-files.test.ts", "refuses a zip that would unpack to far too much"],
      ["sources/tiktok-archive-files.test.ts", "that is wrong is refused with its place: %j"],
      ["journeys/export-input.test.ts", "%s ends with 65 and leaves nothing behind"],
    ],
  },
  {
    row: 33,
    what: "each thing in the way of a page has its own words",
    proofs: [
      [
        "tiktok/web-page.test.ts",
        "Every status has a message of its own; one's own private account is fine (row 33)",
      ],
      [
        "tiktok/web-page.test.ts",
        "A sign-in page and a challenge are told apart from a page (row 33)",
      ],
      ["journeys/export-profile-refused.test.ts", "a page that TikTok does not show", "%s"],
      [
        "journeys/export-profile-stops.test.ts",
        "what TikTok puts in the way of a run without a person",
        "%s",
      ],
    ],
  },
  {
    row: 34,
    what: "no name is no name; the one of a sign-in is never shown",
    proofs: [
      [
        "tiktok/web-page.test.ts",
        "An empty name is no name, and a Lemon8 website is told (rows 34, 36)",
      ],
      [
        "journeys/export-generations.test.ts",
        "keeps the handle where it has no name; what a sign-in provider calls the creator is in no file",
      ],
    ],
  },
  {
    row: 35,
    what: "a new archive goes on where the old one stopped",
    proofs: [
      [
        "steps/keep-records.test.ts",
        "in a newer archive with other object ids joins, and doubles nothing",
      ],
      [
        "download/resume.test.ts",
        "the next call asks only for the rest, also under a new signature",
      ],
      [
        "journeys/export-again.test.ts",
        "completes with a second archive what the first run missed, and asks for nothing else",
      ],
    ],
  },
  {
    row: 36,
    what: "the Lemon8 account of the profile is offered",
    proofs: [
      ["announce/found-accounts.test.ts", "offers the account of %s"],
      [
        "journeys/export-generations.test.ts",
        "offers the Lemon8 account that it points to, with the command that takes it",
      ],
    ],
  },
];

const texts = new Map(filesOf("test").map(({ path, text }) => [path, text]));

/** The titles of a file's groups and tests: the text that stands before a function. */
function titlesOf(text: string): string[] {
  const title =
    /\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*,\s*(?:async\s*)?(?:\(|function\b)/g;
  return [...text.matchAll(title)].map(([, quoted = ""]) =>
    quoted.slice(1, -1).replaceAll(/\\(.)/g, "$1"),
  );
}

/** What is wrong with a proof; null where its file has the titles, each below the one before. */
function missing([file, ...titles]: Proof): string | null {
  const text = texts.get(`test/${file}`);
  if (text === undefined) return `there is no test/${file}`;
  let rest = titlesOf(text);
  for (const title of titles) {
    const place = rest.indexOf(title);
    if (place === -1) return `test/${file} has no test "${titles.join(" > ")}"`;
    rest = rest.slice(place + 1);
  }
  return titles.length === 0 ? `test/${file}: no test is named` : null;
}

test("every row of the list is here once, in order", () => {
  expect(cases.map(({ row }) => row)).toEqual(Array.from({ length: 36 }, (_, index) => index + 1));
});

describe("a test holds us to", () => {
  test.each(cases)("row $row: $what", ({ proofs }) => {
    expect(proofs.length).toBeGreaterThan(0);
    expect(proofs.flatMap((proof) => missing(proof) ?? [])).toEqual([]);
  });
});

test("a test that was renamed or taken away is noticed", () => {
  const file = "tiktok/time.test.ts";
  expect(missing([file, "is the same instant in %s"])).toBeNull();
  expect(missing([file, "archiveDate", "is the same instant in %s"])).toBeNull();
  expect(missing([file, "is the same instant in %s", "archiveDate"])).toContain("has no test");
  expect(missing([file, "is the same instant"])).toContain("has no test");
  expect(missing(["tiktok/no-such.test.ts", "x"])).toContain("there is no");
  expect(missing([file])).toContain("no test is named");
});
