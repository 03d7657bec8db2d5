/** What a stretch of blocks does to the tables: the last row of each record, every version of a ticket, sums of money, places that were taken or freed. */
import { isOnSale } from '../../chaincode/domain/ticket.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { decodedOr, entriesIn } from '../statements/entries.js';
import type { LedgerBlock, LedgerTransaction, LedgerWrite } from '../statements/ledger-blocks.js';
import type { RecordTable, Row } from './rows/layout.js';
import { resaleRows } from './rows/ticket-rows.js';
import { eventOfKey, rowPlaceOf, type RowPlace } from './rows/row-of.js';

/** The key's columns alone where there is no such record any more. */
export interface RowChange {
  readonly keys: Row;
  readonly row: Row | undefined;
}

export class Changes {
  readonly rows = new Map<RecordTable, Map<string, RowChange>>();
  readonly history: Row[] = [];
  readonly resales = new Map<string, Row>();
  /** By event and account. */
  readonly accounts = new Map<string, { readonly event: string; readonly account: string; amountMinor: bigint }>();
  /** By event: the last block that wrote of it. */
  readonly touched = new Map<string, number>();
  /** Keys of records that count for nothing. */
  readonly faults: string[] = [];

  add({ number, transactions }: LedgerBlock): void {
    for (const transaction of transactions) {
      for (const write of transaction.writes) this.#write(write, number, transaction);
      this.#money(transaction);
    }
  }

  of(table: RecordTable): readonly RowChange[] {
    return [...(this.rows.get(table)?.values() ?? [])];
  }

  #write({ key, value }: LedgerWrite, block: number, { index, tx }: LedgerTransaction): void {
    const event = eventOfKey(key);
    if (event !== undefined) this.touched.set(event, block);
    const place = rowPlaceOf(key);
    if (!place) return;
    const row = value.length === 0 ? undefined : place.row(decodedOr(value));
    if (!row && value.length > 0) this.faults.push(key);
    this.#put(place, row);
    if (place.table === 'tickets' && row) this.#version(row, { block, index, tx });
  }

  #put({ table, identity, keys }: RowPlace, row: Row | undefined): void {
    const rows = this.rows.get(table) ?? new Map<string, RowChange>();
    this.rows.set(table, rows.set(identity, { keys, row }));
  }

  #version(row: Row, at: { readonly block: number; readonly index: number; readonly tx: string }): void {
    const { event, place, state, issue, change, holder } = row;
    this.history.push({ event, place, ...at, state, issue, change, holder });
    for (const resale of resaleRows(row)) {
      const identity = [event, place, issue, resale.number].join('/');
      this.resales.set(identity, { ...resale, block: this.resales.get(identity)?.block ?? at.block });
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

/** Whether the place of a ticket's row is off sale. */
export const isTaken = ({ row }: RowChange): boolean => row !== undefined && !isOnSale(row.record as TicketRecord);
