import { describe, expect, it } from "vitest";
import { foundAccounts } from "../../src/announce/found-accounts.ts";

const none = { handles: { tiktok: "mia", rednote: "", rednoteId: "", lemon8: "" } };

describe("foundAccounts", () => {
  it.each([
    "https://www.lemon8-app.com/@mia.paints?region=us",
    "https://lemon8-app.com/mia.paints",
    "@mia.paints",
    "mia.paints",
  ])("offers the account of %s", (lemon8) => {
    const [found] = foundAccounts({ lemon8 }, none);
    expect(found).toMatchObject({ code: "account-found", severity: "note" });
    expect(found?.fix).toContain("findmehere config set creator.handles.lemon8 mia.paints");
  });

  it.each([
    null,
    "",
    "https://evil.example/@mia",
    "see my page",
    "https://lemon8-app.com.evil.example/@mia",
  ])("makes nothing of %s", (lemon8) => {
    expect(foundAccounts({ lemon8 }, none)).toEqual([]);
  });

  it("is silent once the settings name one", () => {
    const named = { handles: { ...none.handles, lemon8: "mia" } };
    expect(foundAccounts({ lemon8: "mia.paints" }, named)).toEqual([]);
  });
});
