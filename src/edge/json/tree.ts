import type { JsonChoice, JsonKind, JsonSpan, JsonVisitor } from "./visitor.ts";

/** What becomes of the values that begin and end while the JSON goes by. */
export interface JsonTree {
  /** A list or an object begins; answers whether anybody wants to know what is inside. */
  open(list: boolean): boolean;
  /** `empty`: it held nothing. */
  close(list: boolean, empty: boolean): void;
  key(name: string): void;
  /** Between two values of a list. */
  next(): void;
  /** Asked before a scalar is read; answers whether its value, or the place of a text, is wanted. */
  wants(kind: JsonKind): JsonChoice;
  /** The value of a scalar that was wanted. */
  scalar(value: unknown): void;
  /** The place of a text that was to be located. */
  located(span: JsonSpan): void;
  /** True while a value is being built, whose size must stay bounded. */
  building(): boolean;
}

type Container = unknown[] | Record<string, unknown>;

interface Frame {
  /** Null: entered, and the visitor is asked about what is inside; else what is inside is put in here. */
  into: Container | null;
}

/** Asks the visitor what to do with each value, and builds those that it keeps. */
export function jsonTree(visitor: JsonVisitor): JsonTree {
  const frames: Frame[] = [];
  const path: (string | number)[] = [];

  function open(list: boolean): boolean {
    const parent = frames.at(-1)?.into ?? null;
    // Without a prototype the key __proto__ is a key like any other.
    const container: Container = list ? [] : Object.create(null);
    if (parent === null) {
      const choice = visitor.choose(path, list ? "array" : "object");
      if (choice === "skip") return false;
      frames.push({ into: choice === "keep" ? container : null });
    } else {
      put(parent, container);
      frames.push({ into: container });
    }
    path.push(list ? 0 : "");
    return true;
  }

  function put(parent: Container, value: unknown): void {
    if (Array.isArray(parent)) parent.push(value);
    else parent[String(path.at(-1))] = value;
  }

  function close(list: boolean, length: number): void {
    const frame = frames.pop();
    path.pop();
    if (frame === undefined) return;
    if (frame.into === null) {
      if (list) visitor.listEnded?.(path, length);
    } else if ((frames.at(-1)?.into ?? null) === null) visitor.kept(path, frame.into);
  }

  return {
    open,
    close: (list, empty) => close(list, list && !empty ? Number(path.at(-1)) + 1 : 0),
    key: (name) => {
      path[path.length - 1] = name;
    },
    next: () => {
      path[path.length - 1] = Number(path.at(-1)) + 1;
    },
    wants: (kind) => ((frames.at(-1)?.into ?? null) === null ? visitor.choose(path, kind) : "keep"),
    scalar: (value) => {
      const parent = frames.at(-1)?.into ?? null;
      if (parent === null) visitor.kept(path, value);
      else put(parent, value);
    },
    located: (span) => visitor.located?.(path, span),
    building: () => (frames.at(-1)?.into ?? null) !== null,
  };
}
