import { TokenType } from "@streamparser/json";
import { JsonError } from "./json-place.ts";
import type { JsonKind, JsonVisitor } from "./json-visitor.ts";

/** One token and the byte where it begins. */
interface JsonToken {
  token: TokenType;
  value: unknown;
  offset: number;
}

/** Follows the grammar of JSON token by token. */
interface JsonGrammar {
  take(token: JsonToken): void;
  /** True when one whole value has been seen. */
  complete(): boolean;
  /** The byte of the newest token. */
  last(): number;
}

interface Frame {
  list: boolean;
  /** `enter`: the visitor is asked about the children; `skip`: they go by; else they are put in here. */
  into: "enter" | "skip" | unknown[] | Record<string, unknown>;
}

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "end";

/** Nothing of TikTok is deeper than ten; a file of brackets only must not fill the memory. */
const deepest = 200;

/** Begins to read one value. */
export function jsonGrammar(visitor: JsonVisitor): JsonGrammar {
  const frames: Frame[] = [];
  const path: (string | number)[] = [];
  let expected: Expected = "value";
  let last = 0;

  function take({ token, value, offset }: JsonToken): void {
    last = offset;
    if (token === TokenType.LEFT_BRACE) return open(false);
    if (token === TokenType.LEFT_BRACKET) return open(true);
    if (token === TokenType.RIGHT_BRACE) return close(false);
    if (token === TokenType.RIGHT_BRACKET) return close(true);
    if (token === TokenType.COLON) return expect(["colon"], "value");
    if (token === TokenType.COMMA) return comma();
    if (token === TokenType.STRING && (expected === "key" || expected === "key-or-end")) {
      path[path.length - 1] = String(value);
      expected = "colon";
      return;
    }
    expect(["value", "value-or-end"], "comma-or-end");
    begin("scalar", value);
    if (frames.length === 0) expected = "end";
  }

  function expect(allowed: readonly Expected[], next: Expected): void {
    if (!allowed.includes(expected)) throw new JsonError("unexpected sign", last);
    expected = next;
  }

  function open(list: boolean): void {
    expect(["value", "value-or-end"], list ? "value-or-end" : "key-or-end");
    if (frames.length >= deepest) throw new JsonError("nested too deep", last);
    // Without a prototype the key __proto__ is a key like any other.
    const container: unknown[] | Record<string, unknown> = list ? [] : Object.create(null);
    frames.push({ list, into: begin(list ? "array" : "object", container) });
    path.push(list ? 0 : "");
  }

  function close(list: boolean): void {
    const frame = frames.at(-1);
    if (frame === undefined || frame.list !== list) throw new JsonError("unexpected sign", last);
    expect(["comma-or-end", list ? "value-or-end" : "key-or-end"], "comma-or-end");
    frames.pop();
    path.pop();
    const parent = frames.at(-1);
    if (parent === undefined) expected = "end";
    const kept = typeof frame.into === "object";
    if (kept && (parent === undefined || parent.into === "enter")) visitor.kept(path, frame.into);
  }

  function comma(): void {
    const list = frames.at(-1)?.list === true;
    expect(["comma-or-end"], list ? "value" : "key");
    const place = path.at(-1);
    if (typeof place === "number") path[path.length - 1] = place + 1;
  }

  /** A value begins; answers what becomes of its children. */
  function begin<Value>(kind: JsonKind, value: Value): "enter" | "skip" | Value {
    const parent = frames.at(-1)?.into ?? "enter";
    if (parent === "skip") return "skip";
    if (typeof parent === "object") {
      if (Array.isArray(parent)) parent.push(value);
      else parent[String(path.at(-1))] = value;
      return value;
    }
    const choice = visitor.choose(path, kind);
    if (choice !== "keep") return choice;
    if (kind === "scalar") visitor.kept(path, value);
    return value;
  }

  return { take, complete: () => expected === "end", last: () => last };
}
