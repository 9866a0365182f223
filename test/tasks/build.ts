import { globSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

// `npm run build`, after the types were checked. Every module of ours becomes a file of its own, in the same
// folders as in src. Packages of hundreds of small files become one file each: reading them one by one took a
// third of the time that a command needs to start.
const root = fileURLToPath(new URL("../../", import.meta.url));
const bundled = ["kysely", "zod"];
const modules = globSync("**/*.ts", { cwd: join(root, "src"), exclude: ["**/*.d.ts"] });

// A module that was renamed would stay importable.
rmSync(join(root, "dist"), { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  platform: "node",
  input: Object.fromEntries(
    modules.map((file) => [file.slice(0, -3).replaceAll(sep, "/"), join(root, "src", file)]),
  ),
  external: (id) =>
    !id.startsWith(".") && !isAbsolute(id) && !bundled.includes(id.split("/")[0] ?? ""),
});
await bundle.write({
  dir: join(root, "dist"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "packages/[name].js",
  // The licences of what is bundled want to go with it.
  banner: ({ name }) => (bundled.includes(name) ? `/*!\n${licenceOf(name)}*/` : ""),
  codeSplitting: {
    groups: bundled.map((name) => ({
      name,
      test: (id) => id.replaceAll(sep, "/").includes(`/node_modules/${name}/`),
    })),
  },
});
await bundle.close();

function licenceOf(name: string): string {
  return readFileSync(join(root, "node_modules", name, "LICENSE"), "utf8").replaceAll("*/", "* /");
}
