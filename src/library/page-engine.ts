import { Liquid, LiquidError } from "liquidjs";
import { ExpectedError } from "../core/error.ts";

/**
 * Fills in the template of a page; everything that it prints is escaped. Throws ExpectedError (exit `settings`)
 * for a template of the creator's that has a mistake.
 * @param name file name, for the message
 */
export function renderPage(name: string, template: string, view: object): string {
  try {
    return engine().parseAndRenderSync(template, view);
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    throw new ExpectedError(
      {
        exit: "settings",
        code: "template-broken",
        what: `The page template ${name} cannot be used.`,
        why: `${error.message.split("\n")[0]}.`,
        fix: "Mend that line, or put the template that came with findmehere back.",
      },
      { cause: error },
    );
  }
}

function engine(): Liquid {
  return new Liquid({
    outputEscape: "escape",
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    // A template reads no other file: with this, include and render look only here.
    templates: {},
  });
}
