import { ExpectedError } from "../core/error.ts";
import { escapeXml } from "./protect.ts";
import { childrenOf, descendantsOf, parseXml, textOf } from "./xml.ts";

/** One unit of an XLIFF file. */
export interface XliffUnit {
  id: string;
  to: string;
  source: string;
  translation: string;
  /** A person looked at it. */
  reviewed: boolean;
  /** A remark for people; empty: none. */
  note: string;
}

const reviewedStates = new Set(["final", "signed-off", "translated"]);
/** XML has no room for these; they are in no caption that a person could have seen. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

/** The units as XLIFF 1.2, one file for each language. */
export function xliffText(units: readonly XliffUnit[]): string {
  const files = [...Map.groupBy(units, ({ to }) => to)].map(([to, own]) => {
    const rows = own.map(({ id, source, translation, reviewed, note }) =>
      [
        `      <trans-unit id="${attribute(id)}" xml:space="preserve"${reviewed ? ' approved="yes"' : ""}>`,
        `        <source>${content(source)}</source>`,
        translation === ""
          ? '        <target state="needs-translation"></target>'
          : `        <target state="${reviewed ? "final" : "needs-review-translation"}">${content(translation)}</target>`,
        ...(note === "" ? [] : [`        <note>${content(note)}</note>`]),
        "      </trans-unit>",
      ].join("\n"),
    );
    return [
      `  <file original="captions" datatype="plaintext" source-language="und" target-language="${attribute(to)}">`,
      "    <body>",
      ...rows,
      "    </body>",
      "  </file>",
    ].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
    ...files,
    "</xliff>",
    "",
  ].join("\n");
}

/** Reads XLIFF 1.2. Throws ExpectedError (exit `input`) where it is something else or broken. */
export function readXliff(text: string): XliffUnit[] {
  const root = parseXml(text);
  const version = root.attributes["version"] ?? "";
  if (root.name !== "xliff" || !version.startsWith("1.")) {
    throw new ExpectedError({
      exit: "input",
      code: "translations-broken",
      what:
        root.name === "xliff"
          ? `The file is XLIFF ${version}, and findmehere reads 1.2.`
          : `The file is no XLIFF: it begins with <${root.name}>.`,
      fix: "Save it as XLIFF 1.2 in your editor, and try once more.",
    });
  }
  return descendantsOf(root, "file").flatMap((file) =>
    descendantsOf(file, "trans-unit").map((unit) => {
      const [source] = childrenOf(unit, "source");
      const [target] = childrenOf(unit, "target");
      const state = target?.attributes["state"] ?? "";
      return {
        id: unit.attributes["id"] ?? "",
        to: file.attributes["target-language"] ?? "",
        source: source === undefined ? "" : textOf(source),
        translation: target === undefined ? "" : textOf(target),
        reviewed: unit.attributes["approved"] === "yes" || reviewedStates.has(state),
        note: childrenOf(unit, "note").map(textOf).join("\n"),
      };
    }),
  );
}

function content(text: string): string {
  // A carriage return would be read back as a line feed.
  return escapeXml(text.replaceAll(impossible, "")).replaceAll("\r", "&#13;");
}

function attribute(text: string): string {
  return content(text).replaceAll('"', "&quot;");
}
