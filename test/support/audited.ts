/** The test ledger at the port that an audit reads: each transaction is a block. */
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import type { MarketAudit } from '../../gateway/audit/audit.js';
import { exportOf } from '../../gateway/audit/export.js';
import { Replay } from '../../gateway/audit/replay.js';
import { runAudit, type AuditReport } from '../../gateway/audit/run.js';
import type { AuditedLedger, AuditedTransaction } from '../../gateway/audit/transactions.js';
import type { SealedMarket } from './sealed-market.js';
import { BY_VENUE } from './market-steps.js';
import { CHANNEL } from './statements.js';
import { aContext, type JournalEntry, type TestLedger } from './test-ledger.js';

const written = (writes: JournalEntry['writes']): AuditedTransaction['writes'] =>
  writes.map(({ key, record }) => ({ key, value: encodeRecord(record) }));

/** @param foreign from which entry of the journal on what was put without a transaction is one: of organizations with a chaincode of their own */
export function transactionsOf({ journal }: TestLedger, foreign = Infinity): readonly AuditedTransaction[] {
  return journal.flatMap(({ context, commands, writes }, block): AuditedTransaction[] => {
    if (!context && block < foreign) return [];
    const { tx, now, nowSeconds, caller } = context ?? aContext(`foreign-${block}`, BY_VENUE);
    return [{ block, tx, now, nowSeconds, submitter: caller.mspId, commands, writes: written(writes) }];
  });
}

/** What the tests put without a transaction: keys as after their generation. */
function putBy({ journal }: TestLedger, event: string, foreign: number): Replay {
  const replay = new Replay(event);
  for (const { context, writes } of journal.slice(0, foreign)) if (!context) replay.apply(written(writes));
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

/** @param tamper with what the ledger is said to have written @param foreign as `transactionsOf` has it */
export function auditOf(
  market: SealedMarket,
  tamper: (transactions: readonly AuditedTransaction[]) => readonly AuditedTransaction[] = (same) => same,
  foreign = Infinity,
): Promise<{ readonly report: AuditReport; readonly audit: MarketAudit }> {
  const { ledger } = market.scene;
  const transactions = tamper(transactionsOf(ledger, foreign));
  return runAudit(ledgerOf(transactions), market.id, putBy(ledger, market.event, foreign));
}

/** As it is in a file. */
export async function exportedFrom(market: SealedMarket): Promise<Record<string, unknown>> {
  const { report, audit } = await auditOf(market);
  const exported = exportOf(audit, report.throughBlock);
  if (report.difference || !exported) throw new Error(`no export: ${JSON.stringify(report)}`);
  return JSON.parse(JSON.stringify(exported)) as Record<string, unknown>;
}
