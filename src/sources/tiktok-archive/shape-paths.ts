import { type ShapePart, type ShapePath, shapePath } from "../../tiktok/archive-shape.ts";
import type { JsonPath } from "../../edge/json/visitor.ts";

interface Node {
  path: ShapePath;
  children: Map<ShapePart, Node>;
}

/** So many paths are remembered; a crafted file has more. */
const mostNodes = 20_000;
const longestKey = 200;

/** Makes a function that names paths, and remembers those that come again and again: the rows of a list. */
export function shapePaths(): (path: JsonPath) => ShapePath {
  const root: Node = { path: shapePath([]), children: new Map() };
  let count = 0;

  return (path) => {
    let node = root;
    for (const [depth, part] of path.entries()) {
      const key = typeof part === "number" ? null : part;
      let next = node.children.get(key);
      if (next === undefined) {
        next = { path: shapePath(partsOf(path.slice(0, depth + 1))), children: new Map() };
        count += 1;
        if (count <= mostNodes && (key?.length ?? 0) < longestKey) node.children.set(key, next);
      }
      node = next;
    }
    return node.path;
  };
}

function partsOf(path: JsonPath): ShapePart[] {
  return path.map((part) => (typeof part === "number" ? null : part));
}
