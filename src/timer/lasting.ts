// Where programs lie that are gone after the next update, gathered 2026-11-21 from the manuals of npm, pnpm,
// nvm, fnm, Volta, asdf, mise, nodenv, Homebrew, Scoop and snap. Paths with `/`.
const passing: readonly { at: RegExp; owner: string }[] = [
  { at: /\/_npx\//, owner: "npx" },
  { at: /\/(dlx-[^/]+|pnpm\/dlx)\//, owner: "pnpm dlx" },
  { at: /\/bunx-[^/]+\//, owner: "bunx" },
  { at: /\/\.nvm\/versions\/|\/nvm\/v\d[^/]*\//, owner: "nvm" },
  { at: /\/fnm(_multishells)?\//, owner: "fnm" },
  { at: /\/\.?volta\/tools\//i, owner: "Volta" },
  { at: /\/\.asdf\/installs\//, owner: "asdf" },
  { at: /\/mise\/installs\//, owner: "mise" },
  { at: /\/\.nodenv\/versions\//, owner: "nodenv" },
  { at: /\/Cellar\//, owner: "Homebrew" },
  { at: /\/scoop\/apps\/[^/]+\/(?!current\/)/i, owner: "Scoop" },
  { at: /\/snap\/[^/]+\/\d+\//, owner: "snap" },
];

/** Who will take this path away one day, such as `nvm` with the next version; null when it will stay. */
export function passingOwner(path: string): string | null {
  const plain = path.replaceAll("\\", "/");
  return passing.find(({ at }) => at.test(plain))?.owner ?? null;
}

/** Other names that such a program may have, and keep: the first that leads to it is the better one. */
export function lastingNames(path: string, folders: readonly string[]): string[] {
  const slash = path.includes("\\") ? "\\" : "/";
  const name = path.slice(path.lastIndexOf(slash) + 1);
  return [
    path.replace(/\/Cellar\/([^/]+)\/[^/]+\//, "/opt/$1/"),
    path.replace(/([\\/]scoop[\\/]apps[\\/][^\\/]+[\\/])[^\\/]+/i, "$1current"),
    path.replace(/(\/snap\/[^/]+\/)\d+\//, "$1current/"),
    ...folders.filter((folder) => folder !== "").map((folder) => `${folder}${slash}${name}`),
  ].filter((each) => each !== path && passingOwner(each) === null);
}
