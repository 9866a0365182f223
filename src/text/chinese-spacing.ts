import { tokenise } from "./caption.ts";

const han = String.raw`\p{Script=Han}`;
const latin = String.raw`\p{Script=Latin}0-9`;
const hanThenLatin = new RegExp(`(${han})(?=[${latin}])`, "gu");
const latinThenHan = new RegExp(`([${latin}%°℃])(?=${han})`, "gu");

/**
 * Puts a space between Chinese and Latin letters or digits, never inside or beside a tag, handle, link or
 * placeholder. May be repeated.
 */
export function spaceChinese(text: string): string {
  return tokenise(text)
    .map((token) => {
      if (token.type !== "text") return token.text;
      return token.text.replace(hanThenLatin, "$1 ").replace(latinThenHan, "$1 ");
    })
    .join("");
}
