import { createReadStream } from "node:fs";
import { Tokenizer } from "@streamparser/json";
import { peakKilobytes } from "./peak.ts";

// Takes a JSON apart into its signs and words and keeps nothing: the least that any reader of it has to do.
const [file = ""] = process.argv.slice(2);

const from = performance.now();
let count = 0;
const tokenizer = new Tokenizer({ stringBufferSize: 64 * 1024 });
tokenizer.onToken = () => {
  count += 1;
};
for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
  tokenizer.write(chunk as Buffer);
}
const milliseconds = performance.now() - from;
process.stdout.write(JSON.stringify({ milliseconds, count, peakKilobytes: peakKilobytes() }));
