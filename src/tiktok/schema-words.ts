/**
 * The words of which TikTok makes its keys. A key of other words may have been made by a person, such as the
 * name of somebody they write with, and is not printed in a description.
 */
const words = new Set(
  [
    "account accounts activity ad add additional address ads ai allow alternate amount and app applied archive",
    "archives area audience author autofill background bio birth block blocked browsing card cards cart categories category",
    "choose city collection collections comment comments contact content count country cover create created",
    "creation creator current customer data date deleted description device disclosure display draft drafts",
    "duet duets duration effect effects email expire expires fans fast follower followers following favorite favorites favourite favourites",
    "filter fund fundraiser gender generated gift gifts go google hashtag hashtags height history id image images",
    "income inferred info information instagram interaction interest interests ip is item items keyword kind lane",
    "language lemon8 like liked likes link links list live location login map media mode model most music name",
    "nearby network new notification notifications number of off operating order orders original own partner",
    "pay payment permission phone photo photos picture pin pinned place platform play poi post posts preferences",
    "price privacy private product products profile public publish published purchase purchases push quantity",
    "received recent recently region replay repost reposts requested returns review reviews safe save saved saves",
    "search searches section self sell setting settings share shared shares sharing shop shopping size sound",
    "sounds source star start starts status sticker stickers stitch stitches stories story subscription summary",
    "system tag tags telephone text third party thumbnail tiktok time times title to total touch track",
    "transaction transactions type update updated url usage user users vendor video videos view viewed viewer",
    "views visibility visible wallet watch watched website web who can via width your youtube yours",
    "term carrier direct message messages chat plus see tik tok login logins address saved off",
  ].flatMap((line) => line.split(" ")),
);

/** True when a key is made of TikTok's words only: `WhoCanView`, `Recently Deleted Posts`. */
export function isSchemaKey(key: string): boolean {
  if (key.length > 60) return false;
  const parts = key
    .replace(/::?$/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_+&()-]+/)
    .filter((part) => part !== "");
  return parts.length > 0 && parts.every((part) => words.has(part.toLowerCase()));
}
