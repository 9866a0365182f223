import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import { startScreen } from "../support/screen.ts";
import type { Screen } from "../support/screen.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const creator = creatorOf("mira.paints", 12, {
  change: (_post, index) => (index === 3 ? { privateItem: true } : {}),
});

let screen: Screen;
let journey: PageJourney;

beforeAll(async () => {
  screen = await startScreen();
});

afterAll(() => screen.stop());
afterEach(() => journey.dispose());

async function withLibrary(handle = "mira.paints"): Promise<PageJourney> {
  journey = await startPageJourney(creator);
  const made = await journey.run(["init", "--tiktok", handle]);
  expect(made.code, made.out).toBe(0);
  return journey;
}

describe("login tiktok", () => {
  it("signs in by TikTok's own form; private posts are then read and marked, until logout", async () => {
    const { library, tiktok, profiles } = await withLibrary();
    const login = journey.terminal(["login", "tiktok"], screen.environment);
    await login.shows("opens in a window");
    await expect
      .poll(() => tiktok.requests.some(({ path }) => path === "/login"), { timeout: 20_000 })
      .toBe(true);
    const browser = await journey.person();
    const [page] = browser.contexts()[0]!.pages();
    await page!.click("[data-e2e=channel-item] >> text=email");
    await page!.fill("input[name=username]", "mira.paints");
    await page!.fill("input[type=password]", creator.password);
    await page!.click("[data-e2e=login-button]");
    const { code, shown } = await login.ended;
    expect(code, shown).toBe(0);
    expect(shown).toContain("may raise a check");
    expect(shown).toContain("outside your library");
    expect(shown).toContain("Signed in as @mira.paints.");
    await journey.expectClean([shown]);

    const [id = ""] = readdirSync(profiles);
    for (const folder of [id, `${id}/tiktok`]) {
      expect(statSync(join(profiles, folder)).mode & 0o777, folder).toBe(0o700);
    }
    expect(existsSync(join(library, "browsers"))).toBe(false);

    const signedIn = await journey.run(["export", "@mira.paints", "--headless", "--skip-media"]);
    expect(signedIn.code, signedIn.out).toBe(0);
    const seen = signedIn.lines.filter(({ type }) => type === "post");
    expect(seen).toHaveLength(12);
    expect(seen.filter((post) => post["visibility"] === "private")).toEqual([
      expect.objectContaining({ id: creator.posts[3]!.id }),
    ]);
    await journey.expectClean([signedIn.out, signedIn.error]);

    // A private account shows its posts to its own sign-in.
    tiktok.change({ profileStatus: 10222 });
    const hidden = await journey.run(["export", "@mira.paints", "--headless", "--skip-media"]);
    expect([hidden.code, hidden.summary["found"]], hidden.out).toEqual([0, 12]);
    tiktok.change({ profileStatus: 0 });

    const logout = await journey.run(["logout", "tiktok"], { text: true });
    expect([logout.code, logout.out]).toEqual([0, expect.stringContaining("were removed")]);
    expect(existsSync(join(profiles, id, "tiktok", "profile"))).toBe(false);
    const again = await journey.run(["logout", "tiktok"], { text: true });
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("There was no sign-in")]);
    const before = tiktok.requests.length;
    await journey.run(["export", "@mira.paints", "--headless", "--skip-media"]);
    const names = tiktok.requests.slice(before).flatMap(({ cookies }) => cookies);
    expect(names).not.toContain("sessionid");
  });

  it("refuses another account and keeps nothing of it", async () => {
    const { tiktok, profiles } = await withLibrary("maya.films");
    const login = journey.terminal(["login", "tiktok"], screen.environment);
    await expect
      .poll(() => tiktok.requests.some(({ path }) => path === "/login"), { timeout: 20_000 })
      .toBe(true);
    tiktok.signIn();
    const { code, shown } = await login.ended;
    expect(code, shown).toBe(2);
    expect(shown).toContain("@mira.paints");
    expect(shown).toContain("creator.handles.tiktok");
    expect(readdirSync(join(profiles, readdirSync(profiles)[0]!, "tiktok"))).not.toContain(
      "profile",
    );
    await journey.expectClean([shown]);
  });

  it("ends with 77 when the window is closed, and when nobody signs in", async () => {
    const { tiktok } = await withLibrary();
    const login = journey.terminal(["login", "tiktok"], screen.environment);
    await expect
      .poll(() => tiktok.requests.some(({ path }) => path === "/login"), { timeout: 20_000 })
      .toBe(true);
    const browser = await journey.person();
    await browser.contexts()[0]!.pages()[0]!.close();
    const closed = await login.ended;
    expect(closed.code, closed.shown).toBe(77);
    expect(closed.shown).toContain("The window was closed");

    const patient = { ...screen.environment, FINDMEHERE_TEST_PACE: "2000" };
    const nobody = await journey.terminal(["login", "tiktok"], patient).ended;
    expect(nobody.code, nobody.shown).toBe(77);
    expect(nobody.shown).toContain("Nobody signed in for 15 minutes");
    await journey.expectClean([closed.shown, nobody.shown]);
  });

  it("stops at Ctrl-C", async () => {
    const { tiktok } = await withLibrary();
    const login = journey.terminal(["login", "tiktok"], screen.environment);
    await expect
      .poll(() => tiktok.requests.some(({ path }) => path === "/login"), { timeout: 20_000 })
      .toBe(true);
    login.interrupt();
    const { code, shown } = await login.ended;
    expect(code, shown).toBe(130);
    await journey.expectClean([shown]);
  });

  it("says what it needs: a library, a place, a person, a screen", async () => {
    journey = await startPageJourney(creator);
    expect((await journey.run(["login", "tiktok"])).summary).toMatchObject({ error: "no-library" });
    await journey.run(["init", "--tiktok", "mira.paints"]);
    const unknown = await journey.run(["login", "tiktak"], { text: true });
    expect([unknown.code, unknown.error]).toEqual([
      2,
      expect.stringContaining("Did you mean tiktok?"),
    ]);
    const nobody = await journey.run(["login", "tiktok"], { text: true });
    expect([nobody.code, nobody.error]).toEqual([
      77,
      expect.stringContaining("without a terminal"),
    ]);
    const headless = await journey.run(["login", "tiktok", "--headless"], { text: true });
    expect([headless.code, headless.error]).toEqual([2, expect.stringContaining("--headless")]);
    if (process.platform === "linux") {
      const blind = { DISPLAY: "", WAYLAND_DISPLAY: "" };
      const { code, shown } = await journey.terminal(["login", "tiktok"], blind).ended;
      expect([code, shown]).toEqual([69, expect.stringContaining("no screen")]);
    }
  });
});
