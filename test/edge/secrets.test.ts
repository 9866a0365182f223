import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import type { ExpectedErrorDetails } from "../../src/core/error.ts";
import { readSecret, secretFile } from "../../src/edge/secrets.ts";

const name = "FINDMEHERE_NTFY_TOKEN";
const secret = "tk_never_print_this";
let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "findmehere-secrets-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});

const environment = (more: Record<string, string> = {}) => ({ HOME: home, ...more });

function keep(path: string, text = `${secret}\n`, mode = 0o600): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

async function refused(more: Record<string, string>): Promise<ExpectedErrorDetails> {
  const error = await readSecret(environment(more), name, "linux").then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  expect((error as ExpectedError).message).not.toContain("never_print");
  return (error as ExpectedError).details;
}

test("without any of its places there is none", async () => {
  expect(await readSecret(environment(), name, "linux")).toBeNull();
});

test("the environment comes first, then the command, then the named file, then the usual one", async () => {
  const usual = secretFile(environment(), name, "linux");
  expect(usual).toBe(join(home, ".local/state/findmehere/secrets/ntfy-token"));
  keep(usual, "usual\n");
  expect(await readSecret(environment(), name, "linux")).toBe("usual");
  const file = { [`${name}_FILE`]: keep(join(home, "mine"), " named \n") };
  expect(await readSecret(environment(file), name, "linux")).toBe("named");
  const command = { ...file, [`${name}_COMMAND`]: "printf 'commanded\\n'" };
  expect(await readSecret(environment(command), name, "linux")).toBe("commanded");
  const given = { ...command, [name]: " given " };
  expect(await readSecret(environment(given), name, "linux")).toBe("given");
});

describe("a file", () => {
  test.each([0o640, 0o604, 0o644, 0o660])(
    "that others can read is refused with the command that mends it (%o)",
    async (mode) => {
      const file = keep(join(home, "mine"), secret, mode);
      const details = await refused({ [`${name}_FILE`]: file });
      expect(details).toMatchObject({
        exit: "machine",
        code: "secret-open-to-others",
        fix: `Type: chmod 600 "${file}"`,
      });
      keep(secretFile(environment(), name, "linux"), secret, mode);
      expect((await refused({})).code).toBe("secret-open-to-others");
    },
  );

  test("of Windows has no such bits", async () => {
    const file = keep(join(home, "mine"), secret, 0o644);
    expect(await readSecret(environment({ [`${name}_FILE`]: file }), name, "win32")).toBe(secret);
  });

  test.each([
    ["empty", ""],
    ["more than one word", "one two"],
    ["two lines", "one\ntwo"],
    ["large", "x".repeat(20_000)],
  ])("that is %s is no key", async (_, text) => {
    const file = keep(join(home, "mine"), text);
    expect((await refused({ [`${name}_FILE`]: file })).code).toBe("no-secret");
  });

  test("that is named and not there, or a folder, is said", async () => {
    const gone = join(home, "gone");
    expect((await refused({ [`${name}_FILE`]: gone })).what).toContain(gone);
    mkdirSync(join(home, "folder"), { mode: 0o700 });
    expect((await refused({ [`${name}_FILE`]: join(home, "folder") })).code).toBe("no-secret");
  });
});

test.each([
  ["fails", `echo ${secret}; exit 1`],
  ["prints nothing", "true"],
  ["prints more than one word", `echo ${secret} ${secret}`],
])("a command that %s is told without what it printed", async (_, command) => {
  const details = await refused({ [`${name}_COMMAND`]: command });
  expect(details).toMatchObject({ exit: "machine", code: "no-secret" });
  expect(details.what).toContain(`${name}_COMMAND`);
});

test("a variable with a line break, which would make a second header, is no key", async () => {
  expect((await refused({ [name]: `${secret}\r\nx: y` })).code).toBe("no-secret");
});
