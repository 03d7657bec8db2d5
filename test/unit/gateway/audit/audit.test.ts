import { expect } from 'chai';
import { marketKey, shareKey } from '../../../../chaincode/domain/market/keys.js';
import { auditedLedger } from '../../../../gateway/audit/transactions.js';
import { exportOf } from '../../../../gateway/audit/export.js';
import { pageOf, isSound } from '../../../../gateway/audit/page.js';
import { runAudit } from '../../../../gateway/audit/run.js';
import { decodeBlock, type Block } from '../../../../gateway/fabric/block-codec.js';
import { auditOf, exportedFrom, ledgerOf } from '../../../support/audited.js';
import { drive, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { verifyInPython } from '../../../support/python.js';
import { recomputed, type Exported } from '../../../support/recomputed.js';
import { aBid, ABORTABLE, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { anEventChange } from '../../../support/statements.js';
import { aPayout } from '../../../support/settlements.js';
import { anOpenMarket, aWholeMarket, KINDS, releaseAll } from '../../../support/whole-markets.js';
import vector from '../fabric/block.json' with { type: 'json' };

async function expectSound(market: SealedMarket, state: string): Promise<void> {
  const { report } = await auditOf(market);
  expect(report.difference, JSON.stringify(report.difference)).to.equal(undefined);
  expect([report.state, isSound(report)]).to.deep.equal([state, true]);
}

async function expectVerified(market: SealedMarket, state: string): Promise<void> {
  const { code, stdout } = await verifyInPython(await exportedFrom(market));
  expect([code, stdout.split(';')[0]], stdout).to.deep.equal([0, `${market.id}: ${state}`]);
}

/** One of the bidders has taken his deposit back; another has made it again, so that the guarantee is just enough. */
function withdrawnFrom(): SealedMarket {
  const market = sealedMarket({ terms: { guarantees: { ResellerMSP: 9000, OtherResellerMSP: 3000 } } });
  const [ann, ben, cem, dea] = persons(market, 'Ann', 'Ben', 'Cem', 'Dea');
  market.ask(ann, market.ticket(ann, 'floor:A:1'));
  market.ask(ann, market.ticket(ann, 'floor:A:2'));
  for (const bidder of [ben, cem]) market.bid(bidder);
  for (const bidder of [ben, cem]) market.take(market.withdrawal(bidder), { caller: 'VenueMSP' });
  market.bid(dea, {}, { amountMinor: 6000 });
  market.take(market.deposit(cem, { reseller: 'OtherResellerMSP' }), { caller: 'OtherResellerMSP' });
  market.take(market.order(cem, aBid({ reseller: 'OtherResellerMSP' }), { sequence: 1 }));
  drive(market, 'finished');
  releaseAll(market);
  return market;
}

describe('an audit', () => {
  for (const kind of KINDS)
    it(`agrees with a whole market, and so does the independent verifier: ${kind}`, async () => {
      const market = aWholeMarket(kind);
      await expectSound(market, 'finished');
      await expectVerified(market, 'finished');
    });

  it('follows deposits that were taken back, and made again with another reseller', async () => {
    const market = withdrawnFrom();
    await expectSound(market, 'finished');
    await expectVerified(market, 'finished');
    const exported = (await exportedFrom(market)) as unknown as Exported;
    expect(recomputed(exported).trades).to.deep.equal(exported.trades);
  });

  it('goes as far as a market has come', async () => {
    const market = anOpenMarket('uniform-price');
    const { audit } = await auditOf(market);
    expect(exportOf(audit, 0)).to.equal(undefined);
    for (const state of ['open', 'closed', 'frozen', 'revealed', 'cleared'] as const) {
      await expectSound(drive(market, state), state);
      if (state !== 'open') await expectVerified(market, state);
    }
    const { report } = await auditOf(market);
    expect(pageOf(report)).to.include('cleared, not over; so far everything agrees');
  });

  it('says that a market which is over still has somebody’s money', async () => {
    const market = drive(anOpenMarket('lottery'), 'finished');
    const { report } = await auditOf(market);
    expect(report.difference?.key).to.match(/\/w\/1\/d\//);
    releaseAll(market);
    await expectSound(market, 'finished');
  });

  for (const state of ['open', 'closed', 'frozen'] as const)
    it(`follows an abort of a market that was ${state}`, async () => {
      const market = drive(anOpenMarket('ballot'), state);
      const command = steps.abort(market, state === 'open' ? [1, 2] : undefined);
      expect(submitStep(market, command, { now: ABORTABLE })).to.include({ accepted: true });
      releaseAll(market);
      await expectSound(market, 'aborted');
      if (state !== 'open') await expectVerified(market, 'aborted');
    });

  it('does not follow an abort of a market whose t shares are on the ledger', async () => {
    const market = drive(anOpenMarket('ballot'), 'frozen');
    for (const index of [1, 2, 3]) market.take(market.share(index), { now: SETTLING });
    // The ledger is made to take one of them for another key's. The audit replays this before all transactions, so it sees three.
    const key = shareKey(market.event, 1, 1);
    market.scene.ledger.put(key, market.scene.ledger.read(shareKey(market.event, 1, 2))!);
    expect(submitStep(market, steps.abort(market), { now: ABORTABLE })).to.include({ accepted: true });
    const { report } = await auditOf(market);
    expect(report.difference).to.include({ key: marketKey(market.event, 1), found: 3 });
  });

  it('follows an abort that comes too soon after the freeze to name anybody', async () => {
    const market = drive(drive(anOpenMarket('ballot'), 'closed'), 'frozen', { now: ABORTABLE });
    expect(submitStep(market, steps.abort(market), { now: ABORTABLE })).to.include({ accepted: true });
    expect(market.record.silent).to.deep.equal([]);
    releaseAll(market);
    await expectSound(market, 'aborted');
  });

  it('follows an abort because the event is cancelled, with what was settled', async () => {
    const market = drive(anOpenMarket('lottery'), 'cleared');
    const { ledger, event } = market.scene;
    ledger.accept(anEventChange(event), { now: SETTLING });
    expect(submitStep(market, steps.abort(market))).to.include({ accepted: true });
    releaseAll(market);
    await expectSound(market, 'aborted');
    await expectVerified(market, 'aborted');
  });

  it('tells the market’s effects from those of other commands in the same transaction', async () => {
    const market = drive(anOpenMarket('lottery'), 'cleared');
    const { ledger } = market.scene;
    const seller = market.scene.enrol('Ann A');
    const payout = aPayout(market.scene.event, seller, 100);
    const batch = [steps.settle(market, 0), steps.finish(market), payout];
    const outcomes = ledger.submit(batch, { caller: 'ResellerMSP', now: SETTLING });
    expect(outcomes.map(({ accepted }) => accepted)).to.deep.equal([true, true, true], JSON.stringify(outcomes));
    releaseAll(market);
    await expectSound(market, 'finished');
  });

  it('knows no market or event that is not there', async () => {
    const market = aWholeMarket('returns');
    const { report } = await runAudit(ledgerOf([]), market.id);
    expect([report.unknown, isSound(report), report.throughBlock]).to.deep.equal(['event', false, -1]);
    expect(pageOf(report)).to.include('there is no such event');
  });
});

describe('blocks for an audit', () => {
  const block = decodeBlock(Buffer.from(vector.block, 'base64'));
  const read = async (of: Block, chaincode = 'guichet') => {
    const source = {
      height: () => Promise.resolve(1),
      async *read() {
        await Promise.resolve();
        yield of;
      },
    };
    const found = [];
    for await (const each of auditedLedger(source, 'guichet', chaincode).read(1)) found.push(each);
    return found;
  };

  it('have the commands of a real transaction, and what it wrote', async () => {
    const [transaction, ...none] = await read(block);
    expect(none).to.deep.equal([]);
    expect(transaction).to.include({ block: 9, submitter: 'ResellerMSP', now: '2026-11-20T22:53:04Z' });
    expect(transaction!.commands.map((command) => (command as { kind: string }).kind)).to.deep.equal(['ticket.sell']);
    expect(transaction!.writes.map(({ key }) => key.split('/')[1])).to.deep.equal(['c', 'h', 'm', 't']);
  });

  it('leave out other chaincodes and whatever is not valid', async () => {
    const invalid = block.transactions.map((each) => ({ ...each, validationCode: 'MVCC_READ_CONFLICT' }));
    expect(await read({ ...block, transactions: invalid })).to.deep.equal([]);
    expect(await read(block, 'another')).to.deep.equal([]);
  });
});
