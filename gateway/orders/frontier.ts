/** Where an organization's orders end, found with a few reads: slots are handed out ascending, so those that are taken are nearly all below. */

/** @returns for each slot whether there is an order in it */
export type Taken = (slots: readonly number[]) => Promise<readonly boolean[]>;

/** Three reads find one of 20,000. */
const PROBES = 32;

/**
 * @param from nothing below it is looked at
 * @returns a free slot that follows a taken one, or `from`; `quota` where the last one is taken. What is free below it was left out for some reason.
 */
export async function findFrontier(taken: Taken, from: number, quota: number): Promise<number> {
  // Taken, or before the first; and free, or the end.
  let [low, high] = [from - 1, quota];
  while (high - low > 1) {
    const probes = between(low, high);
    const last = (await taken(probes)).lastIndexOf(true);
    [low, high] = [probes[last] ?? low, probes[last + 1] ?? high];
  }
  return high;
}

/** Evenly spread, ascending. */
function between(low: number, high: number): readonly number[] {
  const count = Math.min(PROBES, high - low - 1);
  return Array.from({ length: count }, (_, at) => low + Math.ceil(((at + 1) * (high - low)) / (count + 1)));
}
