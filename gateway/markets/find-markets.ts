/** Finds the markets for which there may be something to do: of each event the newest, and those before it of which a deposit may still be held. */
import { EVENT_INDEX_PREFIX } from '../../chaincode/domain/keys.js';
import { latestMarketKey } from '../../chaincode/domain/market/keys.js';
import type { Records } from '../http/ports.js';
import type { MarketOf } from './step.js';

const EVENTS_AT_ONCE = 500;

export interface Found extends MarketOf {
  readonly isOver: boolean;
}

export async function* findMarkets(records: Records): AsyncGenerator<Found> {
  for (let after: string | undefined; ;) {
    const query = { prefix: EVENT_INDEX_PREFIX, ...(after !== undefined && { after }), limit: EVENTS_AT_ONCE };
    const listed = await records.list(query);
    const events = listed.map(({ key }) => key.slice(EVENT_INDEX_PREFIX.length));
    const latest = await records.read(events.map(latestMarketKey));
    for (const [at, event] of events.entries()) {
      const { market = 0, state } = latest[at] ?? {};
      for (let each = market; each > 0; each -= 1)
        yield { event, market: each, isOver: each < market || state === 'over' };
    }
    after = listed.at(-1)?.key;
    if (listed.length < EVENTS_AT_ONCE) return;
  }
}
