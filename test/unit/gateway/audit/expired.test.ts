/** Statements that the ledger took after their time. */
import { expect } from 'chai';
import type { AuditedTransaction } from '../../../../gateway/audit/transactions.js';
import { auditOf } from '../../../support/audited.js';
import { drive, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { aBid, ABORTABLE, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { NOW } from '../../../support/statements.js';

const after = (time: string, seconds: number) => Date.parse(time) / 1000 + seconds;

/** As if the transactions with such a command were of another time. */
const redated = (kind: string, nowSeconds: number) => (ledger: readonly AuditedTransaction[]) =>
  ledger.map((each) => {
    const is = each.commands.some((command) => (command as { readonly kind: string }).kind === kind);
    const now = `${new Date(nowSeconds * 1000).toISOString().slice(0, 19)}Z`;
    return is ? { ...each, now, nowSeconds } : each;
  });

/** Everything is accepted in time, each statement good for ten minutes. */
function shortLived(): SealedMarket {
  const market = sealedMarket({ terms: { exp: after(NOW, 600) } });
  const [ben] = persons(market, 'Ben');
  market.take(market.deposit(ben, { exp: after(NOW, 600) }));
  market.take(market.order(ben, aBid()));
  const exp = after(SETTLING, 600);
  const close = { ...steps.close(market), statements: [1, 2, 3].map((index) => market.closing(index, { exp })) };
  expect(submitStep(market, close)).to.include({ accepted: true });
  drive(market, 'frozen');
  market.take(market.share(1, { exp }), { now: SETTLING });
  return market;
}

describe('a statement that was recorded after its time', () => {
  const LATE: readonly (readonly [kind: string, since: string, key: RegExp])[] = [
    ['market.open', NOW, /\/w\/1$/],
    ['market.deposit', NOW, /\/w\/1\/d\//],
    ['market.close', SETTLING, /\/w\/1$/],
    ['market.reveal', SETTLING, /\/w\/1\/s\/1$/],
  ];
  for (const [kind, since, key] of LATE)
    it(`is found out by the audit: ${kind}`, async () => {
      const market = shortLived();
      const inTime = await auditOf(market, redated(kind, after(since, 599)));
      expect(inTime.report.difference?.expected ?? '').not.to.include('STATEMENT_EXPIRED');
      const { report } = await auditOf(market, redated(kind, after(since, 600)));
      expect(report.difference?.key).to.match(key);
      expect(report.difference?.expected).to.include('STATEMENT_EXPIRED');
    });

  it('is found out by the audit: a close that is evidence of an abort', async () => {
    const market = sealedMarket();
    const exp = after(ABORTABLE, 600);
    const statements = [1, 2].map((index) => market.closing(index, { exp }));
    const command = { ...steps.abort(market), statements };
    expect(submitStep(market, command, { now: ABORTABLE })).to.include({ accepted: true });
    const { report } = await auditOf(market, redated('market.abort', after(ABORTABLE, 600)));
    expect(report.difference?.expected).to.include('STATEMENT_EXPIRED');
  });
});
