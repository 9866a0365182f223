import { ExpectedError } from "../core/error.ts";

const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const home =
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[\w-]+(\.(local|lan|home\.arpa))?)$/;

/**
 * The address of a setting. Only https is safe; plain http is taken for this computer, and, where no secret of
 * ours goes along, for the network at home. Throws ExpectedError (exit `settings`) that does not repeat the
 * address, since whoever knows it may send to it.
 */
export function checkedAddress(text: string, setting: string, secret: boolean): URL {
  const url = URL.parse(text);
  const host = url?.hostname ?? "";
  const plain = here.test(host) || (!secret && home.test(host));
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && plain);
  if (url !== null && safe && url.username === "" && url.password === "") return url;
  throw badNotice(
    setting,
    url !== null && (url.username !== "" || url.password !== "")
      ? "A name or password may not stand in it."
      : "It has to begin with https://. Plain http is taken for this computer alone, or at home where no token goes along.",
  );
}

/** The error for a setting of the notices that cannot be right. */
export function badNotice(setting: string, why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `The setting ${setting} cannot be right.`,
    why,
    fix: `Change it: \`findmehere config set ${setting} VALUE\`.`,
  });
}
