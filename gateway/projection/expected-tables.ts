/** The tables as they must be, made from records of a world state and nothing else; each row as text. */
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { canonical, canonicalAllotment, canonicalRow, canonicalVersion, resaleIdentity } from './canonical.js';
import { Changes, isTaken } from './changes.js';
import { PlaceBits } from './place-bits.js';
import { identityOf, RECORD_TABLES } from './rows/layout.js';
import type { TableName } from './tables.js';
import type { WorldRecord } from './world-state.js';

/** By table and by the row's key. */
export type TableTexts = ReadonlyMap<TableName, ReadonlyMap<string, string>>;

/** As if a transaction for each record had written it. */
export async function expectedTables(records: AsyncIterable<WorldRecord>): Promise<TableTexts> {
  const changes = new Changes();
  for await (const { key, record } of records) {
    const write = { key, value: encodeRecord(record) };
    // Money stands under the id of the transaction that wrote it.
    const transaction = { tx: key.split('/')[2] ?? '', index: 0, timestampMs: 0, submitter: '', endorsers: [] };
    changes.add({ number: 0, transactions: [{ ...transaction, writes: [write], event: undefined }] });
  }
  const expected = new Map<TableName, Map<string, string>>();
  for (const table of RECORD_TABLES) {
    const rows = changes.of(table).flatMap(({ row }) => (row ? [row] : []));
    expected.set(table, new Map(rows.map((row) => [identityOf(table, row), canonicalRow(table, row)])));
  }
  const accounts = Array.from(changes.accounts, ([key, { amountMinor }]) => [key, String(amountMinor)] as const);
  const resales = Array.from(
    changes.resales.values(),
    ({ block: _, ...row }) => [resaleIdentity(row), canonical(row)] as const,
  );
  return expected
    .set('accounts', new Map(accounts))
    .set('resales', new Map(resales))
    .set('history', versionsOf(changes))
    .set('allotments', allotmentsOf(changes));
}

/** The last of each ticket. */
const versionsOf = (changes: Changes): Map<string, string> =>
  new Map(
    changes
      .of('tickets')
      .flatMap(({ row }) => (row ? [[identityOf('tickets', row), canonicalVersion(row)] as const] : [])),
  );

/** What a bitmap must be is worked out from the tickets alone. */
function allotmentsOf(changes: Changes): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { row } of changes.of('allotments')) {
    if (!row) continue;
    const bits = new PlaceBits(row.record as AllotmentRecord);
    for (const ticket of changes.of('tickets'))
      if (ticket.row?.allotment === row.allotment) bits.set(String(ticket.keys.place), isTaken(ticket.row));
    texts.set(
      identityOf('allotments', row),
      canonicalAllotment(canonicalRow('allotments', row), bits.bytes, bits.count),
    );
  }
  return texts;
}
