/** What is written in the place of a secret. */
const redacted = "<secret>";

/** Names whose value is a secret: cookies of the sites, keys and parts of signed addresses. */
const names =
  "sessionid(?:_ss)?|sid_tt|sid_guard|uid_tt|msToken|ttwid|tt_webid(?:_v2)?|odin_tt|passport_csrf_token|web_session|webId|xsec_token|a1|" +
  "x-expires|x-signature|x-bogus|_signature|signature|policy|(?:access_|refresh_|id_|csrf_)?token|auth_key|api_?key|apikey|auth|password|passwd|secret";

const rules: readonly [RegExp, string][] = [
  // Addresses first: the path of a webhook or a topic is as good as a password, and so is what signs an address.
  [/\b([a-z][a-z0-9+.-]{1,20}):\/\/(?:[^\s/@"'<>]*@)?([^\s/?#"'<>)\]]+)[^\s"'<>]*/gi, "$1://$2/…"],
  [/\bbot\d{5,}:[\w-]+/gi, `bot${redacted}`],
  [/\b\d{6,}:[\w-]{30,}/g, redacted],
  [/\btk_[a-z0-9]{20,}/gi, redacted],
  [/\b(set-)?(cookie|authorization)(["']?\s*[:=]\s*)[^\r\n]*/gi, `$1$2$3${redacted}`],
  [/\b(bearer|deepl-auth-key)\s+[^\s<"',;]{6,}/gi, `$1 ${redacted}`],
  [
    new RegExp(String.raw`(?<![\w-])((?:${names})["']?\s*[=:]\s*["']?)(?!<)[^\s"'&;,)\]}]+`, "gi"),
    `$1${redacted}`,
  ],
];

/**
 * A text without cookies, tokens, signed addresses and bot tokens. Of an address only scheme and host stay.
 * @param known secrets that this run knows, such as those of the environment
 */
export function redact(text: string, known: readonly string[] = []): string {
  let left = text;
  for (const secret of known) {
    // Shorter than this it would be a word that stands everywhere.
    if (secret.length >= 6) left = left.replaceAll(secret, redacted);
  }
  for (const [pattern, into] of rules) left = left.replaceAll(pattern, into);
  return left;
}

/** The values of an environment that are secrets by their name; longest first, so that none hides another. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment)
    .flatMap(([name, value]) =>
      value !== undefined && /(KEY|TOKEN|SECRET|PASSWORD|COOKIE|NTFY|WEBHOOK)$/i.test(name)
        ? [value.trim()]
        : [],
    )
    .filter((value) => value !== "")
    .sort((one, other) => other.length - one.length);
}
