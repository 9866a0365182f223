import type { Creator } from "../core/creator.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { SourceProfile } from "../core/source.ts";

/** Offers the accounts elsewhere that the creator's own profile points to and the settings do not name yet. */
export function foundAccounts(
  profile: Pick<SourceProfile, "lemon8">,
  creator: Pick<Creator, "handles">,
): Problem[] {
  const handle = handleIn(profile.lemon8 ?? "");
  if (handle === null || creator.handles.lemon8 !== "") return [];
  return [
    problem(
      "account-found",
      `Your TikTok profile points to @${handle} on Lemon8.`,
      `If that is you, type \`findmehere config set creator.handles.lemon8 ${handle}\`, then \`findmehere announce\`.`,
    ),
  ];
}

/** A bare handle, one with its sign, or the address of a profile. */
function handleIn(text: string): string | null {
  const plain = text.trim();
  const inAddress = /^https?:\/\/(?:www\.)?lemon8-app\.com\/@?([A-Za-z0-9_.]+)/i.exec(plain)?.[1];
  return inAddress ?? /^@?([A-Za-z0-9_.]{2,40})$/.exec(plain)?.[1] ?? null;
}
