/** What the ledger has of a key and its generations, as a node reads it: each generation's records in one query, so that they belong together. */
import {
  closedKey,
  generationKey,
  keyNameOf,
  messageKey,
  ownerOfKey,
  sharedKeyKey,
} from '../../chaincode/domain/committee-keys.js';
import type {
  ClosedRecord,
  GenerationRecord,
  KeyRecord,
  MessageRecord,
} from '../../chaincode/domain/committee-records.js';
import { EVENT_INDEX_PREFIX, currentCommitteeKey, eventKey, type Key } from '../../chaincode/domain/keys.js';
import { latestMarketKey, marketKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import { ROUNDS, type Posted } from '../../chaincode/domain/key-generation/board.js';
import { slotsOf, viewOfAll } from '../../chaincode/domain/key-generation/slots.js';
import type { CommitteeRecord, EventRecord } from '../../chaincode/domain/records.js';
import type { ListedRecord } from '../ledger/reader.js';
import type { KeyName } from '../storage/share-store.js';

export interface LedgerView {
  readAll<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]>;
  list(prefix: string): Promise<readonly ListedRecord[]>;
}

export interface KeyView {
  readonly committee: CommitteeRecord | undefined;
  readonly key: KeyRecord | undefined;
  /** undefined for the dedup key; of a market its event */
  readonly event: EventRecord | undefined;
  /** undefined for all but a market's key */
  readonly market?: MarketRecord | undefined;
}

export class KeyLedger {
  readonly #ledger: LedgerView;

  constructor(ledger: LedgerView) {
    this.#ledger = ledger;
  }

  /** All events, and of each the market that is not over, with what there is of their keys. */
  async owners(): Promise<readonly (readonly [owner: string, view: KeyView])[]> {
    const listed = await this.#ledger.list(EVENT_INDEX_PREFIX);
    const ids = listed.map(({ key }) => key.slice(EVENT_INDEX_PREFIX.length));
    const markets = await this.#runningMarkets(ids);
    return this.#views([...ids, ...markets]);
  }

  /** Whose keys may be concerned where something happens at an event: the event's own, and its market's. */
  async ownersAt(event: string): Promise<readonly string[]> {
    return [event, ...(await this.#runningMarkets([event]))];
  }

  async view(owner: string): Promise<KeyView> {
    const [[, view] = []] = await this.#views([owner]);
    if (!view) throw new Error('a key without a view');
    return view;
  }

  async #runningMarkets(events: readonly string[]): Promise<readonly string[]> {
    const latest = await this.#ledger.readAll(events.map(latestMarketKey));
    return events.flatMap((event, at) => {
      const { market, state = 'over' } = latest[at] ?? {};
      return state === 'over' ? [] : [keyNameOf(event, market)];
    });
  }

  /** One query, whatever their number: a key's record and what it is for belong together. */
  async #views(owners: readonly string[]): Promise<readonly (readonly [owner: string, view: KeyView])[]> {
    const keys = owners.map(keysOfView);
    const [committee, ...records] = await this.#ledger.readAll<unknown>([currentCommitteeKey, ...keys.flat()]);
    let at = 0;
    return owners.map((owner) => {
      const [key, event, market] = records.slice(at, (at += keysOfView(owner).length));
      const view = { committee, key, event, ...(isMarket(owner) && { market }) };
      return [owner, view as KeyView] as const;
    });
  }

  async posted({ owner, generation }: KeyName): Promise<Posted | undefined> {
    const [known] = await this.#ledger.readAll([generationKey(owner, generation)]);
    if (!known) return undefined;
    const { slots } = viewOfAll({ key: owner, generation, nodes: slotsOf(known) });
    const keys: Key<unknown>[] = [
      generationKey(owner, generation),
      ...ROUNDS.map((round) => closedKey(owner, generation, round)),
      ...slots.map((slot) => messageKey(owner, generation, slot)),
    ];
    const [record, ...rest] = await this.#ledger.readAll(keys);
    const ends = ROUNDS.map((round, at) => [round, rest[at] as ClosedRecord | undefined] as const);
    return {
      record: record as GenerationRecord,
      closed: Object.fromEntries(ends.filter(([, end]) => end !== undefined)),
      messages: rest.slice(ROUNDS.length).filter((message): message is MessageRecord => message !== undefined),
    };
  }
}

const isMarket = (owner: string): boolean => ownerOfKey(owner).market !== undefined;

function keysOfView(owner: string): readonly Key<unknown>[] {
  const { event, market } = ownerOfKey(owner);
  return [
    sharedKeyKey(owner),
    ...(event === undefined ? [] : [eventKey(event)]),
    ...(event === undefined || market === undefined ? [] : [marketKey(event, market)]),
  ];
}
