import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { clearAccount } from "../store/accounts.ts";
import type { Store } from "../store/open.ts";

/** Lets an account go on that a sign of risk stopped; a person has looked there. Throws ExpectedError (exit `usage`) when it is not stopped. */
export async function* letAccountGoOn(store: Store, destination: Destination): Step {
  const stopped = await store.transaction((transaction) =>
    clearAccount(transaction, { to: destination.id, account: "" }),
  );
  if (stopped === null) {
    throw new ExpectedError({
      exit: "usage",
      code: "account-not-stopped",
      what: `${destination.title} is not stopped.`,
      why: "Nothing was changed.",
      fix: "Type `findmehere status` to see what needs you.",
    });
  }
  return {
    exit: "done",
    summary: {
      ...{ type: "summary", command: "queue release", schemaVersion: 1 },
      account: destination.id,
      stoppedAt: stopped.since,
      sign: stopped.problem.message,
    },
  };
}
