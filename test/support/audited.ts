/** The test ledger at the port that an audit reads: each transaction is a block. */
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import type { MarketAudit } from '../../gateway/audit/audit.js';
import { exportOf } from '../../gateway/audit/export.js';
import { Replay } from '../../gateway/audit/replay.js';
import { runAudit, type AuditReport } from '../../gateway/audit/run.js';
import type { AuditedLedger, AuditedTransaction } from '../../gateway/audit/transactions.js';
import type { SealedMarket } from './sealed-market.js';
import { CHANNEL } from './statements.js';
import type { JournalEntry, TestLedger } from './test-ledger.js';

const written = (writes: JournalEntry['writes']): AuditedTransaction['writes'] =>
  writes.map(({ key, record }) => ({ key, value: encodeRecord(record) }));

export function transactionsOf({ journal }: TestLedger): readonly AuditedTransaction[] {
  return journal.flatMap(({ context, commands, writes }, block) => {
    if (!context) return [];
    const { tx, now, nowSeconds, caller } = context;
    return [{ block, tx, now, nowSeconds, submitter: caller.mspId, commands, writes: written(writes) }];
  });
}

/** What the tests put without a transaction: keys as after their generation. */
function putBy({ journal }: TestLedger, event: string): Replay {
  const replay = new Replay(event);
  for (const { context, writes } of journal) if (!context) replay.apply(written(writes));
  return replay;
}

export function ledgerOf(transactions: readonly AuditedTransaction[]): AuditedLedger {
  return {
    channel: CHANNEL,
    height: () => Promise.resolve(transactions.length),
    async *read() {
      await Promise.resolve();
      yield* transactions;
    },
  };
}

/** @param tamper with what the ledger is said to have written */
export function auditOf(
  market: SealedMarket,
  tamper: (transactions: readonly AuditedTransaction[]) => readonly AuditedTransaction[] = (same) => same,
): Promise<{ readonly report: AuditReport; readonly audit: MarketAudit }> {
  const { ledger } = market.scene;
  const transactions = tamper(transactionsOf(ledger));
  return runAudit(ledgerOf(transactions), market.id, putBy(ledger, market.event));
}

/** As it is in a file. */
export async function exportedFrom(market: SealedMarket): Promise<Record<string, unknown>> {
  const { report, audit } = await auditOf(market);
  const exported = exportOf(audit, report.throughBlock);
  if (report.difference || !exported) throw new Error(`no export: ${JSON.stringify(report)}`);
  return JSON.parse(JSON.stringify(exported)) as Record<string, unknown>;
}
