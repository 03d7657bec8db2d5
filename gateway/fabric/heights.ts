/** Waits for peers that lag: endorsers at different heights may answer differently without anybody's fault. */
import { sleep, type Clock } from './clock.js';
import type { Connection } from './connection.js';
import { heightAt } from './queries.js';

const ROUNDS = 5;
const PAUSE_MS = 200;

/** Asks each organization for its peer's height, through a peer of its own where we know one. @returns 0 for one that does not answer */
export async function heightsOf(connection: Connection, organizations: readonly string[]): Promise<readonly number[]> {
  const { endpoints, profile } = connection;
  return Promise.all(
    organizations.map(async (msp) => {
      const endpoint = endpoints.find(({ mspId }) => mspId === msp) ?? connection.current();
      try {
        return await heightAt(endpoint, profile.channel, [msp]);
      } catch {
        // Who does not answer is not up to date, as far as anybody knows.
        return 0;
      }
    }),
  );
}

/**
 * @param height that there is already
 * @returns how many blocks there were when this was asked, if each organization's peer came to have them; one or the other may have more by now
 */
export async function caughtUp(
  { connection, clock }: { readonly connection: Connection; readonly clock: Clock },
  organizations: readonly string[],
  height: number,
): Promise<number | undefined> {
  let heights = await heightsOf(connection, organizations);
  const target = Math.max(1, height, ...heights);
  for (let round = 1; round < ROUNDS && !heights.every((each) => each >= target); round++) {
    await sleep(clock, PAUSE_MS);
    heights = await heightsOf(connection, organizations);
  }
  return heights.every((each) => each >= target) ? target : undefined;
}
