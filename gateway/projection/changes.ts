/** What a stretch of blocks does to the tables: the last row of each record, every version of a ticket, sums of money, places that were taken or freed. */
import { isOnSale } from '../../chaincode/domain/ticket.js';
import type { TicketRecord, TicketState } from '../../chaincode/domain/records.js';
import { decodedOr, entriesIn } from '../statements/entries.js';
import type { LedgerBlock, LedgerTransaction, LedgerWrite } from '../statements/ledger-blocks.js';
import type { RecordTable, Row } from './rows/layout.js';
import { resaleRows } from './rows/ticket-rows.js';
import { eventOfKey, rowPlaceOf, type RowPlace } from './rows/row-of.js';
import { BlockVersions } from './rows/versions.js';

/** The key's columns alone where there is no such record any more. */
export interface RowChange {
  readonly keys: Row;
  readonly row: Row | undefined;
}

/** What a write of a ticket says of its place; of which allotment is not known where its record is gone. */
export interface Mark {
  readonly event: string;
  readonly allotment: string | undefined;
  readonly place: string;
  readonly taken: boolean;
}

type At = Pick<LedgerTransaction, 'index' | 'tx'> & { readonly block: number };

export class Changes {
  readonly rows = new Map<RecordTable, Map<string, RowChange>>();
  /** Keys whose record was gone at some time, also if there is a new one since. */
  readonly gone = new Map<RecordTable, Map<string, Row>>();
  /** In the order of the ledger. */
  readonly marks: Mark[] = [];
  /** By event and block. */
  readonly versions = new Map<string, { readonly event: string; readonly block: number; readonly of: BlockVersions }>();
  readonly resales = new Map<string, Row>();
  /** By event and account. */
  readonly accounts = new Map<string, { readonly event: string; readonly account: string; amountMinor: bigint }>();
  /** By event: the last block that wrote of it. */
  readonly touched = new Map<string, number>();
  /** Keys of records that count for nothing. */
  readonly faults: string[] = [];

  add({ number, transactions }: LedgerBlock): void {
    for (const transaction of transactions) {
      const at = { block: number, index: transaction.index, tx: transaction.tx };
      for (const write of transaction.writes) this.#write(write, at);
      this.#money(transaction);
    }
  }

  of(table: RecordTable): readonly RowChange[] {
    return [...(this.rows.get(table)?.values() ?? [])];
  }

  #write({ key, value }: LedgerWrite, at: At): void {
    const event = eventOfKey(key);
    if (event !== undefined) this.touched.set(event, at.block);
    const place = rowPlaceOf(key);
    if (!place) return;
    const record = value.length === 0 ? undefined : decodedOr(value);
    const row = place.row(record);
    if (!row && value.length > 0) this.faults.push(key);
    if (place.table === 'tickets') this.#ticket(place, row, record, at);
    else this.#put(place, row);
  }

  #put({ table, identity, keys }: RowPlace, row: Row | undefined): void {
    rowsOf(this.rows, table).set(identity, { keys, row });
    if (!row) rowsOf(this.gone, table).set(identity, keys);
  }

  #ticket(place: RowPlace, row: Row | undefined, record: unknown, at: At): void {
    const before = this.rows.get('tickets')?.get(place.identity)?.row?.blocks as readonly number[] | undefined;
    this.#put(place, row && { ...row, blocks: withBlock(before ?? [], at.block) });
    const [event, of] = [String(place.keys.event), String(place.keys.place)];
    this.marks.push({ event, place: of, allotment: row && String(row.allotment), taken: isTaken(row) });
    if (row) this.#version(event, row, record as TicketRecord, at);
  }

  #version(event: string, row: Row, record: TicketRecord, { block, index, tx }: At): void {
    const [place, key] = [String(row.place), `${event}/${block}`];
    const { state, issue, change, holder } = record;
    const versions = this.versions.get(key) ?? { event, block, of: new BlockVersions() };
    this.versions.set(key, versions);
    versions.of.add({ index, tx, place, state, issue, change, holder });
    for (const resale of resaleRows(row, record)) {
      const identity = [event, place, issue, resale.number].join('/');
      this.resales.set(identity, { ...resale, block: this.resales.get(identity)?.block ?? block });
    }
  }

  #money(transaction: LedgerTransaction): void {
    const { entries, faults } = entriesIn(transaction);
    this.faults.push(...faults);
    for (const { event, account, amountMinor } of entries) {
      if (eventOfKey(`${event}/`) === undefined) continue;
      const sum = this.accounts.get(`${event}/${account}`) ?? { event, account, amountMinor: 0n };
      sum.amountMinor += BigInt(amountMinor);
      this.accounts.set(`${event}/${account}`, sum);
    }
  }
}

function rowsOf<T>(tables: Map<RecordTable, Map<string, T>>, table: RecordTable): Map<string, T> {
  const rows = tables.get(table) ?? new Map<string, T>();
  tables.set(table, rows);
  return rows;
}

/** Each block once. */
const withBlock = (blocks: readonly number[], block: number): readonly number[] =>
  blocks.at(-1) === block ? blocks : [...blocks, block];

/** Whether the place of a ticket's row is off sale. */
export const isTaken = (row: Row | undefined): boolean =>
  row !== undefined && !isOnSale({ state: row.state as TicketState } as TicketRecord);
