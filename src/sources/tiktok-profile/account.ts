import { z } from "zod";
import { webText, wordsOf } from "../../tiktok/web-value.ts";

const Scope = z.object({
  __DEFAULT_SCOPE__: z.object({
    "webapp.app-context": z
      .object({ user: z.object({ uniqueId: webText }).nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});

const data = /<script[^>]*\bid=["']__UNIVERSAL_DATA_FOR_REHYDRATION__["'][^>]*>([^<]*)<\/script>/;

/** The handle of the account that a page was made for, without sign; null when nobody is signed in (2026-08). */
export function signedInAs(html: string): string | null {
  const read = Scope.safeParse(parsed(data.exec(html)?.[1] ?? "")).data;
  const { __DEFAULT_SCOPE__: scope } = read ?? {};
  return wordsOf(scope?.["webapp.app-context"]?.user?.uniqueId);
}

/** True when a page was made for this account. */
export function isSignedIn(html: string, handle: string): boolean {
  return signedInAs(html)?.toLowerCase() === handle.toLowerCase();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
