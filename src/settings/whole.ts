import { z } from "zod";

/** A whole number between two, both included, with an error that names them. */
export function whole(least: number, most: number): z.ZodType<number> {
  const error = `It takes a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}
