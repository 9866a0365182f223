import type { SourceShape } from "../../core/source.ts";
import type { ShapePath } from "../../tiktok/archive-shape.ts";
import { valueShape } from "../../tiktok/value-shape.ts";

/** Gathers what stands at each path of one file. */
export interface ShapeTable {
  addType(path: ShapePath, type: string): void;
  addLength(path: ShapePath, length: number): void;
  /** True while the path is not known and few of its values have been looked at. */
  wantsSample(path: ShapePath): boolean;
  addSample(path: ShapePath, value: unknown): void;
  rows(): SourceShape[];
}

interface Row {
  path: ShapePath;
  types: Map<string, number>;
  lengths: SourceShape["lengths"];
  samples: Set<string>;
  looks: number;
}

/** A report of more is read by nobody, and a crafted file must not fill the memory. */
const mostPaths = 3000;
/** Looks at so many values, and tells so many different shapes. */
const mostLooks = 20;
const mostSamples = 3;
const rest: ShapePath = { name: "(more paths)", known: false };

/** Begins an empty table for one file. */
export function shapeTable(file: string): ShapeTable {
  const table = new Map<string, Row>();

  function rowOf(path: ShapePath): Row {
    const found = table.get(path.name);
    if (found !== undefined) {
      // The same printed path may stand for several keys; one that is not known makes it worth a look.
      if (!path.known && found.path.known) found.path = path;
      return found;
    }
    if (table.size >= mostPaths && path.name !== rest.name) return rowOf(rest);
    const row: Row = { path, types: new Map(), lengths: null, samples: new Set(), looks: 0 };
    table.set(path.name, row);
    return row;
  }

  return {
    addType(path, type) {
      const { types } = rowOf(path);
      types.set(type, (types.get(type) ?? 0) + 1);
    },
    addLength(path, length) {
      const row = rowOf(path);
      const { least, most } = row.lengths ?? { least: length, most: length };
      row.lengths = { least: Math.min(least, length), most: Math.max(most, length) };
    },
    wantsSample(path) {
      return !path.known && (table.get(path.name)?.looks ?? 0) < mostLooks;
    },
    addSample(path, value) {
      const row = rowOf(path);
      row.looks += 1;
      if (row.samples.size < mostSamples) row.samples.add(valueShape(value));
    },
    rows: () =>
      [...table.values()].map(({ path, types, lengths, samples }) => ({
        type: "shape",
        file,
        path: path.name,
        types: Object.fromEntries(types),
        lengths,
        known: path.known,
        sample: samples.size > 0 ? [...samples].join(" or ") : null,
      })),
  };
}
