/** The committee makes a key for every event and every sealed market; the story waits for it. */
import { setTimeout } from 'node:timers/promises';
import { ProblemError } from '../client/problem-error.js';
import type { SharedKeyResource } from '../client/resources.js';
import type { Party, Stage } from './cast.js';
import { StoryBroken } from './narrator.js';

const ATTEMPTS = 300;
const PAUSE_MS = 200;

/** The nodes follow the ledger and begin by themselves. @param name an event's id, or a market's */
export async function awaitKey({ venue }: Stage, name: string): Promise<SharedKeyResource> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = await keyOf(venue, name);
    if (key?.usable) return key;
    await setTimeout(PAUSE_MS);
  }
  throw new StoryBroken(`the committee has no key for ${name} after ${(ATTEMPTS * PAUSE_MS) / 1000} s`);
}

async function keyOf({ client }: Party, name: string): Promise<SharedKeyResource | undefined> {
  try {
    return await client.key(name);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
