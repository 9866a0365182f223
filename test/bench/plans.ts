import { planSlots } from "../../src/queue/plan.ts";
import type { PlanRequest } from "../../src/queue/plan.ts";
import { bruteForcePlan, twentyZones } from "../queue/brute-force.ts";
import { median } from "./processes.ts";
import type { Figure } from "./table.ts";

/** How much is planned, and in how many zones it is held against plain reckoning. */
interface PlanSize {
  posts: number;
  rounds: number;
  zones: number;
}

/**
 * Plans posts for two places over many years of clock changes, no post on both on one day. Every slot is held
 * against the brute force of the tests, which also is what the time is measured against.
 */
export function planFigures(
  { posts, rounds, zones }: PlanSize,
  tell: (text: string) => void,
): Figure[] {
  let off = 0;
  let slots = 0;
  const ours: number[] = [];
  const plain: number[] = [];
  for (const zone of twentyZones.slice(0, zones)) {
    const times: number[] = [];
    let planned: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now();
      planned = both(zone, posts, (request) => planSlots(request).map(({ due }) => due));
      times.push(performance.now() - begin);
    }
    const begin = performance.now();
    const wanted = both(zone, posts, bruteForcePlan);
    plain.push(performance.now() - begin);
    ours.push(median(times));
    slots += wanted.length;
    const wrong = wanted.filter((due, index) => due !== planned[index]).length;
    off += wrong + Math.abs(planned.length - wanted.length);
    tell(`Planning ${posts} posts for two places: ${zone}, ${wrong} slots off`);
  }
  if (off > 0) throw new Error(`${off} of ${slots} slots are off.`);
  const slowest = Math.max(...ours);
  return [
    {
      what: `plan of ${posts} posts for 2 places, 0 of ${slots} slots off in ${zones} zones`,
      measured: median(ours),
      against: "plain reckoning",
      base: median(plain),
      goal: null,
    },
    {
      what: `the slowest zone of them`,
      measured: slowest,
      against: "one second",
      base: 1000,
      goal: 1,
    },
  ];
}

function both(zone: string, posts: number, plan: (request: PlanRequest) => string[]): string[] {
  const request: PlanRequest = {
    items: Array.from({ length: posts }, (_, index) => ({ post: `p${index}`, to: "rednote" })),
    rules: {
      ...{ perDay: 1, perWeek: 3, times: ["19:30"], zone, quietZone: zone },
      ...{ quietHours: { from: "22:00", to: "08:00" }, minGapMinutes: 240, jitterMinutes: 20 },
    },
    from: Date.parse("2026-11-21T00:00:00Z"),
    taken: [],
    seed: "bench rednote",
  };
  const first = plan(request);
  const items = request.items.map((item, index) => ({
    ...item,
    to: "lemon8",
    apartFrom: [Date.parse(first[index] ?? "")],
  }));
  const rules = { ...request.rules, perWeek: 7 };
  return [...first, ...plan({ ...request, items, rules, seed: "bench lemon8" })];
}
