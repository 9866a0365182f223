import { publicationStates } from "../../core/publication.ts";
import type { Step } from "../../core/event.ts";
import { allPublications, publicationRecord } from "../../store/publications.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibraryToRead } from "../read-library.ts";
import { destinationsOption, wordsOption } from "../options.ts";
import { publicationTable } from "../publication-table.ts";

/** States that need nothing more. */
const finished = new Set(["live", "synced", "skipped"]);

/** Shows what is not finished, everything, or some states. */
export function run(call: CommandCall): Step {
  const states = wordsOption(call, "state", publicationStates);
  const places = new Set(destinationsOption(call).map(({ id }) => id));
  return withLibraryToRead(call, async function* ({ store, settings }) {
    const all = await store.transaction(allPublications);
    const shown = all.filter((each) => {
      if (!places.has(each.to)) return false;
      if (states !== null) return states.includes(each.state);
      return call.options["all"] === true || !finished.has(each.state);
    });
    for (const publication of shown) yield publicationRecord(publication);
    const { timeZone } = settings.creator;
    return {
      exit: "done",
      summary: {
        type: "summary",
        command: "queue list",
        schemaVersion: 1,
        shown: shown.length,
        all: all.length,
        zone: timeZone,
      },
    };
  });
}

/** The table. */
export function text({ events, result, paint }: Outcome): string[] {
  const publications = events.filter((event) => event.type === "publication");
  const { shown, all, zone } = result.summary;
  if (publications.length === 0) {
    const why = Number(all) === 0 ? "Nothing is planned yet." : "Nothing to show.";
    return [
      why,
      Number(all) === 0 ? "Next: findmehere queue add" : "Everything: findmehere queue list --all",
    ];
  }
  return [
    ...publicationTable(publications, String(zone), paint),
    paint.faint(`${String(shown)} of ${String(all)}; times in ${String(zone)}.`),
  ];
}
