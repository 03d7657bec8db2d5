/** What the read model is compared with: the records of a peer's world state, of one event after the other. */
import {
  allotmentPrefix,
  EVENT_INDEX_PREFIX,
  eventKey,
  gateKey,
  listingPrefix,
  ORGANIZATION_PREFIX,
  ticketsPrefix,
} from '../../chaincode/domain/keys.js';
import { GATES } from '../../chaincode/domain/gates.js';
import { latestMarketKey, marketKey } from '../../chaincode/domain/market/keys.js';
import type { RecordsReader } from '../fabric/records.js';

export type WorldRecord = { readonly key: string; readonly record: unknown };

export class WorldState {
  readonly #records: Pick<RecordsReader, 'read' | 'readAll' | 'list'>;

  constructor(records: Pick<RecordsReader, 'read' | 'readAll' | 'list'>) {
    this.#records = records;
  }

  async events(): Promise<readonly string[]> {
    const events: string[] = [];
    for await (const { key } of this.#below(EVENT_INDEX_PREFIX)) events.push(key.slice(EVENT_INDEX_PREFIX.length));
    return events;
  }

  organizations(): AsyncGenerator<WorldRecord> {
    return this.#below(ORGANIZATION_PREFIX);
  }

  /** All records of an event that have a row, and its money entries. */
  async *of(event: string): AsyncGenerator<WorldRecord> {
    const latest = await this.#records.read(latestMarketKey(event));
    const markets = Array.from({ length: latest?.market ?? 0 }, (_, index) => marketKey(event, index + 1));
    const keys: string[] = [eventKey(event), ...GATES.map((gate) => gateKey(event, gate)), ...markets];
    const found = await this.#records.readAll(keys);
    for (const [index, key] of keys.entries()) if (found[index] !== undefined) yield { key, record: found[index] };
    const prefixes = [allotmentPrefix(event), ticketsPrefix(event), listingPrefix(event), `${event}/h/`, `${event}/m/`];
    for (const prefix of prefixes) yield* this.#below(prefix);
  }

  async *#below(prefix: string): AsyncGenerator<WorldRecord> {
    let after: string | undefined;
    do {
      const page = await this.#records.list(prefix, after === undefined ? {} : { after });
      yield* page.records;
      after = page.next;
    } while (after !== undefined);
  }
}
