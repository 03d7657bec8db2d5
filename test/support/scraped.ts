/** What a gateway tells Prometheus, read as it reads it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Party } from './real-network.js';
import { call } from './rest.js';

const PAUSE_MS = 20;

export interface Samples {
  /** @param sample without the prefix, with its labels; 0 where it was never counted */
  of(sample: string): number;
}

export async function scrape(gateway: Pick<Party, 'url' | 'token'>): Promise<Samples> {
  const response = await call(gateway, 'GET', '/metrics');
  const text = await response.text();
  if (response.status !== 200) throw new Error(`metrics: ${response.status} ${text}`);
  const values = new Map<string, number>();
  for (const line of text.split('\n').filter((each) => each.startsWith('guichet_'))) {
    const space = line.lastIndexOf(' ');
    values.set(line.slice('guichet_'.length, space), Number(line.slice(space + 1)));
  }
  const named = new Set([...values.keys()].map((sample) => sample.split('{')[0]));
  return {
    of: (sample) => {
      const [name = ''] = sample.split('{');
      // A misspelt name would be 0 for ever; a label that was never counted is.
      if (!named.has(name) && !text.includes(`# TYPE guichet_${name} `)) throw new Error(`there is no ${name}`);
      return values.get(sample) ?? 0;
    },
  };
}

/** Does it again and again until it is stopped. */
export function watch(look: () => Promise<unknown>): { stop(): Promise<void> } {
  let stopped = false;
  const looking = (async () => {
    while (!stopped) {
      await look();
      await sleep(PAUSE_MS);
    }
  })();
  // Whoever stops it hears of the failure.
  looking.catch(() => undefined);
  return {
    stop: () => {
      stopped = true;
      return looking;
    },
  };
}
