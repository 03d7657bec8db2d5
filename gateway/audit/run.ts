/** A whole audit: every block once, then what must hold at the end. */
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { eventKey } from '../../chaincode/domain/keys.js';
import { MarketAudit } from './audit.js';
import { Difference, type Found } from './difference.js';
import { figuresOf, type Figures } from './figures.js';
import type { AuditedLedger } from './transactions.js';
import type { Replay } from './replay.js';

export interface AuditReport {
  /** Market id. */
  readonly market: string;
  /** `none` where there is no such market. */
  readonly state: string;
  /** The last block that was read; -1 if there was none. */
  readonly throughBlock: number;
  readonly transactions: number;
  /** How many commands of each kind agree. */
  readonly steps: Readonly<Record<string, number>>;
  readonly figures: Figures;
  readonly difference?: Found;
  /** Why there is nothing to audit. */
  readonly unknown?: 'event' | 'market';
}

/** @param begin the state to begin with; none unless given */
export async function runAudit(
  ledger: AuditedLedger,
  id: string,
  begin?: Replay,
): Promise<{ readonly report: AuditReport; readonly audit: MarketAudit }> {
  const { event, market } = parseMarketId(id);
  const audit = new MarketAudit({ channel: ledger.channel, event, market }, begin);
  const height = await ledger.height();
  let transactions = 0;
  let difference: Found | undefined;
  try {
    for await (const transaction of ledger.read(height)) {
      audit.take(transaction);
      transactions += 1;
    }
    audit.end();
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    difference = error.difference;
  }
  const { record, steps } = audit;
  const missing = audit.replay.get(eventKey(event)) ? 'market' : 'event';
  const report = {
    market: id,
    state: record?.state ?? 'none',
    throughBlock: height - 1,
    transactions,
    steps: Object.fromEntries(steps),
    figures: figuresOf(audit),
    ...(difference && { difference }),
    ...(!record && !difference && ({ unknown: missing } as const)),
  };
  return { report, audit };
}
