import { photoLink, videoLink } from "./archive.ts";

/** The files of TikTok's text form, by their path in the zip. */
export function textArchive(posts: string): Record<string, string> {
  return {
    "TikTok/Post/Post.txt": posts,
    "TikTok/Profile/Profile Info.txt": [
      "Username: maya.films",
      "Email: private.mail@example.org",
      "Birthdate: 01-Oct-1995",
      "Telephone Number: +15550100777",
      "Bio: I film cats: daily 🐈",
      "Likes Received: 211091",
      "",
    ].join("\n"),
    "TikTok/Activity/Follower.txt": people(["one", "two", "three"]),
    "TikTok/Activity/Following.txt": people(["four"]),
    "TikTok/Likes and Favourites/Like List.txt": strangersText(),
    "TikTok/Activity/Watch History.txt": strangersText(),
    "TikTok/Direct Message/Direct Messages.txt":
      ">>> Chat History with friend_one::\n2024-12-01 07:15:00 UTC friend_one: private message to a friend\n",
    "TikTok/Comment/Comments.txt":
      "Date: 2024-12-01 07:10:00 UTC\nComment: private comment of mine\nPhoto: https://p16-sign-va.tiktokcdn.com/tos-comment/1.jpeg\n",
  };
}

/** The same in Dutch, as TikTok names things there. */
export function dutchArchive(): Record<string, string> {
  return {
    "TikTok/Berichten/Berichten.txt": [
      "Datum: 2024-09-17 14:07:21 UTC",
      `Link: ${videoLink({ id: "oEdutch0001QxBf" })}`,
      "Vind-ik-leuks: 28",
      "Wie kan dit bekijken: Alleen jij",
      "",
      "Datum: 2024-09-16 09:00:00 UTC",
      `Link: ${photoLink({ id: `${"a".repeat(31)}0` })}`,
      photoLink({ id: `${"b".repeat(31)}0` }),
      "Vind-ik-leuks: 3",
      "Wie kan dit bekijken: Iedereen",
      "",
    ].join("\n"),
    "TikTok/Je activiteit/Kijkgeschiedenis.txt": strangersText("Datum"),
    "TikTok/Je activiteit/Onbekende lijst.txt": strangersText("Datum"),
    "TikTok/Profiel/Profielinformatie.txt":
      "Gebruikersnaam: maya.films\nE-mail: private.mail@example.org\n",
    "TikTok/Je activiteit/Volger.txt": people(["one", "two"], "Datum", "Gebruikersnaam"),
    "TikTok/Je activiteit/Volgend.txt": people(["three"], "Datum", "Gebruikersnaam"),
  };
}

/** What was watched: other people's videos. */
export function strangersText(date = "Date"): string {
  return ["7000000000000000001", "7000000000000000002"]
    .map((id) => `${date}: 2024-11-02 08:15:00\nLink: https://www.tiktokv.com/share/video/${id}/\n`)
    .join("\n");
}

function people(names: readonly string[], date = "Date", name = "Username"): string {
  return names.map((each) => `${date}: 2023-05-01 10:00:00\n${name}: ${each}\n`).join("\n");
}
