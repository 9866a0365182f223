import type { SourceProfile } from "../../core/source.ts";
import { joinProfile, shownProfile } from "../../merge/profile.ts";
import type { KnownProfile, ShownProfile } from "../../merge/profile.ts";
import { readMeta, writeMeta } from "../../store/meta.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { keepToldCount } from "../followers/told.ts";

const name = "profile";

/**
 * Remembers what the sources of this run say of the profile; answers all that is known of it. How many followed
 * the creator is kept each time it is told.
 * @param now ISO 8601 UTC
 */
export async function keepProfile(
  transaction: StoreTransaction,
  told: readonly SourceProfile[],
  now: string,
): Promise<ShownProfile> {
  const text = await readMeta(transaction, name);
  const before: KnownProfile = text === null ? {} : (JSON.parse(text) as KnownProfile);
  const after = told.reduce(joinProfile, before);
  await writeMeta(transaction, name, JSON.stringify(after));
  for (const each of told) await keepToldCount(transaction, each, now);
  return shownProfile(after);
}
