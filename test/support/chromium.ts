import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { needChromium } from "../tasks/system.ts";

/** A real browser without a window; more arguments for a network that is not ours. */
export function openChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: needChromium(),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ...more,
    ],
  });
}
