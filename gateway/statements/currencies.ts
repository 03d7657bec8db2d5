/** The currency of each event, out of the event records that blocks write. An event's currency never changes, so the first word is the last. */
import { z } from 'zod';
import { decodedOr } from './entries.js';
import type { LedgerTransaction } from './ledger-blocks.js';
import type { Position } from './line.js';

const eventSchema = z.looseObject({ currency: z.string().regex(/^[A-Z]{3}$/) });

interface Known extends Omit<Position, 'entry'> {
  readonly currency: string;
}

export class Currencies {
  readonly #known = new Map<string, Known>();

  /** Takes note of the events that a transaction creates; it may be told of the same block again. */
  learn({ writes, index }: LedgerTransaction, block: number): void {
    for (const { key, value } of writes) {
      const [event = '', kind, ...rest] = key.split('/');
      if (kind !== 'e' || rest.length > 0 || this.#known.has(event)) continue;
      const parsed = eventSchema.safeParse(decodedOr(value));
      if (parsed.success) this.#known.set(event, { currency: parsed.data.currency, block, index });
    }
  }

  /** @returns undefined where the ledger has not said it up to there */
  of(event: string, { block, index }: Omit<Position, 'entry'>): string | undefined {
    const known = this.#known.get(event);
    const isSaid = known && (known.block < block || (known.block === block && known.index <= index));
    return isSaid ? known.currency : undefined;
  }
}
