/** What the ledger has of a key and its generations, as a node reads it: each generation's records in one query, so that they belong together. */
import {
  closedKey,
  eventOfKey,
  generationKey,
  messageKey,
  sharedKeyKey,
} from '../../chaincode/domain/committee-keys.js';
import type {
  ClosedRecord,
  GenerationRecord,
  KeyRecord,
  MessageRecord,
} from '../../chaincode/domain/committee-records.js';
import { EVENT_INDEX_PREFIX, currentCommitteeKey, eventKey, type Key } from '../../chaincode/domain/keys.js';
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
  /** undefined for the dedup key */
  readonly event: EventRecord | undefined;
}

export class KeyLedger {
  readonly #ledger: LedgerView;

  constructor(ledger: LedgerView) {
    this.#ledger = ledger;
  }

  /** All events with what there is of their keys. */
  async events(): Promise<readonly (readonly [event: string, view: KeyView])[]> {
    const listed = await this.#ledger.list(EVENT_INDEX_PREFIX);
    const ids = listed.map(({ key }) => key.slice(EVENT_INDEX_PREFIX.length));
    const [committee] = await this.#ledger.readAll([currentCommitteeKey]);
    const events = await this.#ledger.readAll(ids.map(eventKey));
    const keys = await this.#ledger.readAll(ids.map((id) => sharedKeyKey(id)));
    return ids.map((id, at) => [id, { committee, event: events[at], key: keys[at] }] as const);
  }

  async view(owner: string): Promise<KeyView> {
    const event = eventOfKey(owner);
    const keys = [currentCommitteeKey, sharedKeyKey(owner), ...(event === undefined ? [] : [eventKey(event)])];
    const [committee, key, record] = await this.#ledger.readAll<unknown>(keys);
    return {
      committee: committee as CommitteeRecord | undefined,
      key: key as KeyRecord | undefined,
      event: record as EventRecord | undefined,
    };
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
