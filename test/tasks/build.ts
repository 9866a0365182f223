import { existsSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

// `npm run build`, after the types were checked. What a command needs of our modules, and of packages that nearly
// every command loads, comes in a few files: reading hundreds of small ones took half the time that a command
// needs to start.
const root = fileURLToPath(new URL("../../", import.meta.url));

/** What is loaded by its place: by bin, and by the benchmarks and tests that put built parts together otherwise. */
const doors = [
  ...["cli/main", "cli/quiet-tick", "cli/wire"],
  ...["compose/draft", "compose/lint-draft", "compose/lint-facts", "compose/topic-table"],
  ...["destinations/index", "destinations/rednote/index", "download/hosts", "download/pool"],
  ...["edge/clock", "sources/tiktok-archive/index"],
  ...["text/chinese", "text/lint-table", "text/measure"],
];

/** The file that a package becomes, and those of its packages that nobody else takes. */
const bundled: Record<string, readonly string[]> = {
  chalk: ["chalk"],
  commander: ["commander"],
  csv: ["csv-parse", "csv-stringify"],
  hono: ["hono", "@hono/node-server"],
  "jsonc-parser": ["jsonc-parser"],
  kysely: ["kysely"],
  temporal: ["temporal-polyfill", "temporal-utils"],
  zod: ["zod"],
};
const packages = new Set(Object.values(bundled).flat());

rmSync(join(root, "dist"), { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  platform: "node",
  input: Object.fromEntries(doors.map((door) => [door, join(root, "src", `${door}.ts`)])),
  // What Node would take of jsonc-parser cannot be joined.
  resolve: { mainFields: ["module", "main"] },
  external: (id) => !/^[.#]/.test(id) && !isAbsolute(id) && !packages.has(packageOf(id)),
});
await bundle.write({
  dir: join(root, "dist"),
  format: "esm",
  entryFileNames: "[name].js",
  // As deep as the doors: paths beside a module hold.
  chunkFileNames: ({ name }) => (name in bundled ? `packages/${name}.js` : "parts/[name].js"),
  // The licences of what is bundled want to go with it.
  banner: ({ name }) => (bundled[name] ?? []).map((each) => `/*!\n${licenceOf(each)}*/`).join("\n"),
  codeSplitting: {
    groups: Object.entries(bundled).map(([name, all]) => ({
      name,
      test: (id) => all.some((each) => id.replaceAll(sep, "/").includes(`/node_modules/${each}/`)),
    })),
  },
});
await bundle.close();

function packageOf(id: string): string {
  return id
    .split("/")
    .slice(0, id.startsWith("@") ? 2 : 1)
    .join("/");
}

function licenceOf(name: string): string {
  const folder = join(root, "node_modules", name);
  const file = ["LICENSE", "LICENSE.md", "license"].find((each) => existsSync(join(folder, each)));
  if (file === undefined) throw new Error(`${name} comes without its licence`);
  return readFileSync(join(folder, file), "utf8").replaceAll("*/", "* /");
}
