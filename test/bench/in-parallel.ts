/** Closed-loop load: so many clients, each with one request in flight, until the work is done. */

export async function inParallel<T, R>(
  work: readonly T[],
  clients: number,
  one: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const client = async () => {
    while (next < work.length) {
      const item = work[next++] as T;
      results.push(await one(item));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return results;
}

/** Hands out the work piece by piece, each once. */
export function inTurn<T>(work: readonly T[]): (count: number) => readonly T[] {
  let next = 0;
  return (count) => work.slice(next, (next += count));
}
