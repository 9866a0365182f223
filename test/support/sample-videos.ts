import { readFileSync } from "node:fs";

const media = new URL("../fixtures/sample-creator/media/", import.meta.url);

/** A real video with sound, H.264. */
export const withSound = readFileSync(new URL("omnxVkv8nYNaNCI33oOeaNWqBR5DlWQn3.mp4", media));

/** A real video without a sound track, H.264. */
export const withoutSound = readFileSync(new URL("oUvs40tnEHMgtwjLEDNSLzAECp9vh1ncH.mp4", media));

/** The same pictures under the name of a form that no player knows. */
export const unplayable = renamed(withoutSound, "avc1", "bvc2");

function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(from); at !== -1; at = copy.indexOf(from, at)) {
    copy.write(to, at, "latin1");
  }
  return copy;
}
