import { startPublication } from "../../../src/store/publications.ts";
import { openStore } from "../../../src/store/open.ts";
import { readMeta, writeMeta } from "../../../src/store/meta.ts";

// Opens the database, says so, waits for a line, then counts up one number in many transactions, each of
// which reads before it writes: that is where two processes get into each other's way.
const [file = "", name = "", times = "0"] = process.argv.slice(2);
const store = await openStore(file);
process.stdout.write("open\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
for (let index = 0; index < Number(times); index += 1) {
  await store.transaction(async (transaction) => {
    const known = Number((await readMeta(transaction, "count")) ?? 0);
    await startPublication(
      transaction,
      { post: `${name}-${index}`, to: "rednote", account: "", way: "handoff" },
      "2026-01-01T00:00:00.000Z",
    );
    await writeMeta(transaction, "count", String(known + 1));
  });
}
await store.close();
process.stdin.destroy();
