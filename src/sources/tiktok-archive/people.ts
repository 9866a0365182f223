import type { SourcePerson } from "../../core/source.ts";

/** A list of people, kept as bytes: as objects a million of them would fill the memory. */
export interface PeopleList {
  add(person: SourcePerson): void;
  /** In the order of the archive; may be asked for again. */
  rows(): Iterable<SourcePerson>;
}

/** Letters that are brought together before they become bytes. */
const chunkLength = 65_536;
/** No handle is longer; a crafted one must not fill the memory. */
const longestHandle = 100;
/** No account is followed by more people than this and still asks for its archive. */
const mostPeople = 20_000_000;

/** An empty list. */
export function peopleList(): PeopleList {
  const chunks: Buffer[] = [];
  let text = "";
  let count = 0;
  return {
    add({ handle, date }) {
      if (count >= mostPeople || handle.length > longestHandle) return;
      count += 1;
      text += `${date}\t${handle.replaceAll(/[\t\n]/g, " ")}\n`;
      if (text.length < chunkLength) return;
      chunks.push(Buffer.from(text));
      text = "";
    },
    *rows() {
      for (const chunk of [...chunks, Buffer.from(text)]) {
        for (const line of chunk.toString("utf8").split("\n")) {
          const tab = line.indexOf("\t");
          if (tab !== -1) yield { date: line.slice(0, tab), handle: line.slice(tab + 1) };
        }
      }
    },
  };
}
