/** The three known shapes of the archive: until early 2025, middle of 2025, 2026. */
export type ArchiveGeneration = "old" | "middle" | "newest";

/** All three, oldest first. */
export const archiveGenerations: readonly ArchiveGeneration[] = ["old", "middle", "newest"];

/** One row of a list of posts, as TikTok writes it. */
export type ArchiveRow = Record<string, unknown>;

/** What a test wants to say of an archive. */
export interface ArchiveParts {
  generation?: ArchiveGeneration;
  posts?: readonly ArchiveRow[] | null;
  deleted?: readonly ArchiveRow[] | null;
  /** Keys of the map of the profile to add or replace; undefined takes one out. */
  profile?: Record<string, unknown>;
  followers?: readonly string[];
  following?: readonly string[];
  /** Keys of the top level to add or replace; undefined takes a part out, as a partial choice does. */
  extras?: Record<string, unknown>;
}

/** Private things that stand in every archive of `buildArchive`; none may ever come out of a reader. */
export const privateMarkers = {
  email: "private.mail@example.org",
  phone: "+15550100777",
  birthDate: "01-Oct-1995",
  ip: "203.0.113.77",
  message: "private message to a friend",
  comment: "private comment of mine",
  search: "private search term",
  realName: "Private Realname",
  deviceModel: "PrivatePhone 9",
  card: "4111-private-card",
} as const;

/** What the whole archive of each generation looks like around the posts. */
export const archiveSkeletons: Record<
  ArchiveGeneration,
  (parts: ArchiveParts) => Record<string, unknown>
> = { old: oldArchive, middle: middleArchive, newest: newestArchive };

function oldArchive(parts: ArchiveParts): Record<string, unknown> {
  const photo =
    "https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/7310cafe7310cafe7310cafe7310cafe~c5_1080x1080.webp?x-expires=4102444800&x-signature=YXZhdGFy";
  return {
    Activity: {
      "Favorite Videos": { FavoriteVideoList: strangers("link") },
      "Follower List": { FansList: people(parts.followers) },
      "Following List": { Following: people(parts.following) },
      Hashtag: { HashtagList: null },
      "Like List": { ItemFavoriteList: strangers("link") },
      "Login History": { LoginHistoryList: logins() },
      "Search History": { SearchList: [searched()] },
      "Video Browsing History": { VideoList: strangers("Link") },
    },
    "Ads and data": { "Ad Interests": { AdInterestCategories: "" } },
    "App Settings": { Settings: { SettingsMap: { "Private Account": "Disabled" } } },
    Comment: { Comments: { CommentsList: comments() } },
    "Direct Messages": { "Chat History": { ChatHistory: messages() } },
    "Income Plus Wallet Transactions": { "Transaction History": { TransactionsList: null } },
    "Poi Review": { "Poi Review": { PoiReviewList: null } },
    Profile: {
      "Profile Information": {
        ProfileMap: {
          PlatformInfo: [
            {
              Description: "",
              Name: privateMarkers.realName,
              Platform: "Google",
              "Profile Photo": "",
            },
          ],
          bioDescription: "I film cats 🐈",
          birthDate: privateMarkers.birthDate,
          emailAddress: privateMarkers.email,
          likesReceived: "211091",
          profilePhoto: photo,
          profileVideo: "None",
          telephoneNumber: privateMarkers.phone,
          userName: "maya.films",
          ...parts.profile,
        },
      },
    },
    "Tiktok Live": { "Go Live History": { GoLiveList: [] } },
    "Tiktok Shopping": { "Saved Address Information": { SavedAddress: null } },
    Video: {
      Videos: { VideoList: parts.posts ?? null },
      RecentlyDeletedPosts: { PostList: parts.deleted ?? null },
    },
  };
}

function middleArchive(parts: ArchiveParts): Record<string, unknown> {
  return {
    "Ads and data": { "Off TikTok Activity": { OffTikTokActivityDataList: [] } },
    "App Settings": { Settings: { SettingsMap: { "Who can see your following list::": "Off" } } },
    Comment: { Comments: { App: 1, CommentsList: comments() } },
    "Direct Message": { "Direct Messages": { ChatHistory: messages() } },
    "Income Plus Wallet Transactions": { "Transaction History": { TransactionsList: [] } },
    "Location Review": { "Location Reviews": { ReviewsList: null } },
    Post: postSection(parts),
    Profile: { "Profile Info": { ProfileMap: profileMap(parts) } },
    "TikTok Shop": { "Current Payment Information": { PayCard: [privateMarkers.card] } },
    "Tiktok Live": { "Go Live History": { GoLiveList: null } },
    "Your Activity": {
      ...activity(),
      Follower: { App: 1, FansList: people(parts.followers) },
      Following: { App: 1, Following: people(parts.following) },
      "Like List": { IsFastLane: false, ItemFavoriteList: strangers("link") },
    },
  };
}

function newestArchive(parts: ArchiveParts): Record<string, unknown> {
  return {
    Comment: { Comments: { App: 1, CommentsList: comments() } },
    "Direct Message": { "Direct Messages": { ChatHistory: messages() } },
    "Income+ Wallet": { "Transaction History": { TransactionsList: [] } },
    "Likes and Favorites": {
      "Like List": { IsFastLane: false, ItemFavoriteList: strangers("link") },
    },
    "Location Review": { "Location Reviews": { ReviewsList: [] } },
    Post: { ...postSection(parts), Story: {} },
    "Profile And Settings": {
      Follower: { App: 1, FansList: people(parts.followers) },
      Following: { App: 1, Following: people(parts.following) },
      "Profile Info": {
        ProfileMap: {
          ...profileMap(parts),
          accountRegion: "ES",
          fundraiser: "N/A",
          ...parts.profile,
        },
      },
      Settings: { SettingsMap: { "Private Account": "Disabled" } },
    },
    "TikTok Live": { "Go Live History": { GoLiveList: {} } },
    "TikTok Shop": { "Current Payment Information": { PayCard: [privateMarkers.card] } },
    "Your Activity": activity(),
  };
}

function postSection(parts: ArchiveParts): Record<string, unknown> {
  return {
    Posts: { VideoList: parts.posts === undefined ? [] : parts.posts },
    "Recently Deleted Posts": { PostList: parts.deleted === undefined ? [] : parts.deleted },
  };
}

function profileMap(parts: ArchiveParts): Record<string, unknown> {
  return {
    PlatformInfo: [
      { Description: "", Name: privateMarkers.realName, Platform: "Facebook", "Profile Photo": "" },
    ],
    aiSelf: "",
    bioDescription: "I film cats 🐈",
    birthDate: privateMarkers.birthDate,
    displayName: "Maya 🐈 Films",
    emailAddress: privateMarkers.email,
    followerCount: parts.followers?.length ?? 0,
    followingCount: parts.following?.length ?? 0,
    inferredGender: "",
    instagramLink: "",
    lemon8Link: "",
    likesReceived: "211091",
    profilePhoto:
      "https://p16-common-sign.tiktokcdn.com/tos-maliva-avt-0068/7310cafe7310cafe7310cafe7310cafe~tplv-tiktokx-cropcenter:1080:1080.webp?x-expires=4102444800&x-signature=YXZhdGFy",
    profileVideo: "None",
    telephoneNumber: privateMarkers.phone,
    userName: "maya.films",
    youtubeLink: "",
    ...parts.profile,
  };
}

function activity(): Record<string, unknown> {
  return {
    "Login History": { LoginHistoryList: logins() },
    Searches: { SearchList: [searched()] },
    "Watch History": { VideoList: strangers("Link") },
  };
}

function people(handles: readonly string[] = []): unknown[] {
  return handles.map((handle) => ({ Date: "2023-05-01 10:00:00", UserName: handle }));
}

/** What the creator watched or liked: other people's videos. */
function strangers(key: "Link" | "link"): unknown[] {
  const dateKey = key === "Link" ? "Date" : "date";
  return ["7000000000000000001", "7000000000000000002"].map((id) => ({
    [dateKey]: "2024-11-02 08:15:00",
    [key]: `https://www.tiktokv.com/share/video/${id}/`,
  }));
}

function logins(): unknown[] {
  return [
    {
      Date: "2024-12-01 07:00:00 UTC",
      IP: privateMarkers.ip,
      DeviceModel: privateMarkers.deviceModel,
      NetworkType: "Wi-Fi",
    },
  ];
}

function searched(): unknown {
  return { Date: "2024-12-01 07:05:00", SearchTerm: privateMarkers.search };
}

function comments(): unknown[] {
  return [
    { date: "2024-12-01 07:10:00 UTC", comment: privateMarkers.comment, photo: "N/A", url: "" },
  ];
}

function messages(): unknown {
  return {
    "Chat History with friend_one:": [
      { Date: "2024-12-01 07:15:00", From: "friend_one", Content: privateMarkers.message },
    ],
  };
}
