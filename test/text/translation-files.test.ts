import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { poText, readPo } from "../../src/text/po.ts";
import { readXliff, xliffText } from "../../src/text/xliff.ts";

const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "\\",
        "\n",
        "\r\n",
        "\t",
        "&",
        "<",
        "]]>",
        "#, fuzzy",
        "👩‍👩‍👧‍👦",
        "a",
        "\u2028",
        "\u2029",
      ),
    )
    .map((parts) => parts.join("")),
);
const visible = texts.map((text) =>
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""),
);

describe("PO", () => {
  test("comes back as it went out", () => {
    const message = fc.record({
      context: visible,
      source: visible.filter((text) => text !== ""),
      translation: visible,
      fuzzy: fc.boolean(),
      comments: fc.constant(["caption of 2024-09-17"]),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
        expect(readPo(poText(messages, "zh_CN"))).toEqual(messages);
      }),
    );
  });

  test("is read as Poedit saves it: wrapped, with its own head, remarks and obsolete messages", () => {
    const file = [
      "# Mira's captions",
      'msgid ""',
      'msgstr ""',
      '"Project-Id-Version: \\n"',
      '"Language: zh_CN\\n"',
      '"X-Generator: Poedit 3.4.2\\n"',
      "",
      "#. caption of 2024-09-17",
      '#| msgid "older"',
      'msgctxt "1/zh-Hans/caption"',
      'msgid ""',
      '"A long line that Poedit wraps at eighty characters, and \\"quotes\\" "',
      '"in it\\n"',
      '"second line"',
      'msgstr ""',
      '"很长的一行，"',
      '"第二行"',
      "#, fuzzy, no-wrap",
      'msgctxt "2/zh-Hans/caption"',
      'msgid "Hi"',
      'msgstr "你好"',
      '#~ msgid "gone"',
      '#~ msgstr "没了"',
      "",
    ].join("\r\n");
    expect(readPo(`\uFEFF${file}`)).toEqual([
      {
        context: "1/zh-Hans/caption",
        source:
          'A long line that Poedit wraps at eighty characters, and "quotes" in it\nsecond line',
        translation: "很长的一行，第二行",
        fuzzy: false,
        comments: ["caption of 2024-09-17"],
      },
      {
        context: "2/zh-Hans/caption",
        source: "Hi",
        translation: "你好",
        fuzzy: true,
        comments: [],
      },
    ]);
  });

  test("keeps the flags of an obsolete message to that message, and reads gettext's own escapes", () => {
    const file = [
      "# gone",
      "#, fuzzy",
      '#~ msgctxt "0/zh-Hans/caption"',
      '#~ msgid "gone"',
      '#~ msgstr "没了"',
      'msgctxt "1/zh-Hans/caption"',
      'msgid "Bell\\a and feed\\f"',
      'msgstr "铃"',
    ].join("\n");
    expect(readPo(file)).toMatchObject([
      { source: "Bell\u0007 and feed\f", translation: "铃", fuzzy: false },
    ]);
  });

  test.each([
    ['msgid "open', "line 1: a quotation mark is missing"],
    ['msgid "a"\nmsgstr "\\q"', "line 2"],
    ['msgid "a"\nmsgid_plural "b"', "line 2"],
    ["key,to,field", "line 1"],
  ])("says where %j is broken", (file, where) => {
    expect(() => readPo(file)).toThrow(ExpectedError);
    expect(() => readPo(file)).toThrow(where);
  });
});

describe("XLIFF 1.2", () => {
  test("comes back as it went out", () => {
    const unit = fc.record({
      id: visible,
      to: fc.constantFrom("en", "zh-Hans"),
      source: visible,
      translation: visible,
      reviewed: fc.boolean(),
      note: visible,
    });
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 5 }), (units) => {
        const read = readXliff(xliffText(units));
        const order = (to: string) => units.filter((each) => each.to === to);
        const said = (each: (typeof units)[number]) => ({
          ...each,
          reviewed: each.reviewed,
        });
        for (const to of ["en", "zh-Hans"])
          expect(read.filter((each) => each.to === to)).toEqual(order(to).map(said));
      }),
    );
  });

  test("is read as editors save it: prefixes, groups, inline elements, CDATA, other quotes", () => {
    const file = `\uFEFF<?xml version='1.0' encoding='utf-8'?>
<!-- saved by an editor -->
<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version='1.2'>
 <x:file original="captions" source-language="und" target-language="zh-Hans" datatype="plaintext">
  <x:header><x:tool tool-id="t" tool-name="Editor &amp; Co"/></x:header>
  <x:body><x:group>
   <x:trans-unit id="1/caption" xml:space="preserve">
    <x:source>Salt &amp; pepper</x:source>
    <x:seg-source><x:mrk mtype="seg" mid="0">Salt &amp; pepper</x:mrk></x:seg-source>
    <x:target state="translated"><x:g id="1">盐<![CDATA[ & ]]></x:g>胡椒&#x1F9C2;</x:target>
    <x:alt-trans><x:target>别的</x:target></x:alt-trans>
   </x:trans-unit>
   <x:trans-unit id="2/caption"><x:source>Hi</x:source></x:trans-unit>
  </x:group></x:body>
 </x:file>
</x:xliff>`.replaceAll("\n", "\r\n");
    expect(readXliff(file)).toEqual([
      {
        id: "1/caption",
        to: "zh-Hans",
        source: "Salt & pepper",
        translation: "盐 & 胡椒🧂",
        reviewed: true,
        note: "",
      },
      { id: "2/caption", to: "zh-Hans", source: "Hi", translation: "", reviewed: false, note: "" },
    ]);
  });

  test.each([
    ['<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2"/>', "document type"],
    ['<?xml version="1.0"?>\n<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff/>', "line 2"],
    ['<xliff version="1.2"><file>&lol;</file></xliff>', "entity"],
    ['<xliff version="1.2"><file></xliff>', "closes nothing"],
    ['<xliff version="1.2"><file>', "ends too early"],
    ['<xliff version="1.2"/><xliff version="1.2"/>', "beside its one element"],
    ['<xliff version="2.1"/>', "XLIFF 2.1"],
    ["<html></html>", "begins with <html>"],
    ["<a b=c></a>", "not written right"],
    [`${"<a>".repeat(100)}`, "nested too deep"],
    ["", "ends too early"],
  ])("refuses %j", (file, why) => {
    expect(() => readXliff(file)).toThrow(ExpectedError);
    expect(() => readXliff(file)).toThrow(why);
  });
});
