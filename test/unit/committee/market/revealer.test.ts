import { expect } from 'chai';
import { decodePoint, encodePoint } from '../../../../chaincode/crypto/point.js';
import { decodeSecret, encodeScalar } from '../../../../chaincode/crypto/scalar.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import { marketKey, orderKey, shareKey } from '../../../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../../../chaincode/domain/market/records.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { LedgerReader, type Witness } from '../../../../committee/ledger/reader.js';
import { Revealer } from '../../../../committee/market/revealer.js';
import { codeOf } from '../../../support/code-of.js';
import { secretNamed, withLetter } from '../../../support/curve.js';
import { drive, steps, submitStep } from '../../../support/market-steps.js';
import { startNodes, tendAll, TestClock, type TestCommitteeNode } from '../../../support/nodes.js';
import { ABORTABLE, aBid, CLOSES, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { anEventChange, CHANNEL } from '../../../support/statements.js';
import { expectAccepted } from '../../../support/world.js';

class Crash extends Error {}

describe("a node's share of a market's key", () => {
  let market: SealedMarket;
  let clock: TestClock;
  let nodes: TestCommitteeNode[];
  /** Which step of the first node to crash before, once. */
  let crashAt: string | undefined;
  beforeEach(async () => {
    market = sealedMarket({ keyed: false });
    clock = new TestClock();
    crashAt = undefined;
    const before = (at: number, step: string) => {
      if (at !== 0 || step !== crashAt) return;
      crashAt = undefined;
      throw new Crash(step);
    };
    nodes = await startNodes(market.scene.ledger, market.scene.committee, clock, { before });
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const tend = (turns?: number, some = nodes) => tendAll(some, market.id, clock, turns);
  const posted = () =>
    [1, 2, 3, 4].filter((index) => market.scene.ledger.read(shareKey(market.event, 1, index)) !== undefined);
  const revealsOf = ({ submitted }: TestCommitteeNode) => submitted.filter(({ kind }) => kind === 'market.reveal');
  /** With a key, orders on two pages, and closed. */
  const closed = async () => {
    await tend();
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.take(market.order(ann, aBid()));
    market.take(market.order(ben, aBid(), { slot: 256 }));
    clock.ms = Date.parse(CLOSES);
    drive(market, 'closed');
  };
  const frozen = async () => {
    await closed();
    drive(market, 'frozen');
  };

  it('is posted once the market is frozen, by every node once, and reveals it', async () => {
    await closed();
    await tend();
    expect(posted()).to.deep.equal([]);
    drive(market, 'frozen');
    await tend();
    expect(posted()).to.deep.equal([1, 2, 3, 4]);
    expect(nodes.map((node) => revealsOf(node).length)).to.deep.equal([1, 1, 1, 1]);
    expectAccepted(submitStep(market, steps.unseal(market)));
    const secret = decodeSecret(market.record.secret!, 'secret');
    const { groupKey } = market.scene.ledger.read(sharedKeyKey(market.id))!.key!;
    expect(encodePoint(nodeSuite.multiplyBase(secret)!)).to.equal(encodePoint(decodePoint(groupKey, 'groupKey')));
    const [reveal] = revealsOf(nodes[0]!);
    const { payload } = decodeStatement('market-share', String(reveal!.statement), 'statement');
    expect(payload).to.include({ event: market.event, market: 1, index: 1, root: market.record.root });
  });

  it('is not posted where the root is not that of the orders on its own peer, and told of loudly', async () => {
    await frozen();
    const { ledger } = market.scene;
    const { record } = market;
    ledger.put(marketKey(market.event, 1), { ...record, root: withLetter(record.root!, 9) });
    await tend();
    expect(posted()).to.deep.equal([]);
    expect(nodes.map(({ alarms }) => alarms)).to.deep.equal(nodes.map(() => [market.id]));
    ledger.put(marketKey(market.event, 1), record);
    await tend();
    expect(posted()).to.deep.equal([1, 2, 3, 4]);
  });

  const changes: readonly (readonly [string, (of: SealedMarket) => void])[] = [
    ['an order is another', (of) => replace(of, 0, { id: 'another-order' })],
    ['an order has other bytes', (of) => replace(of, 256, { sealed: 'AAAA' })],
    [
      'an order was put in',
      (of) => of.scene.ledger.put(orderKey(of.event, 1, 'VenueMSP', 2), { id: 'x', sealed: 'A' }),
    ],
  ];
  for (const [what, change] of changes)
    it(`is not posted where ${what} than when the market was frozen`, async () => {
      await frozen();
      change(market);
      await tend();
      expect(posted()).to.deep.equal([]);
      expect(revealsOf(nodes[0]!)).to.deep.equal([]);
    });

  it('is not posted for a market that was aborted, nor again after the reveal', async () => {
    await frozen();
    expectAccepted(submitStep(market, steps.abort(market), { now: ABORTABLE }));
    await tend();
    expect(posted()).to.deep.equal([]);
    expect(nodes.flatMap(revealsOf)).to.deep.equal([]);
  });

  it('is not even submitted for a market of an event that is cancelled, though it be frozen', async () => {
    await frozen();
    market.scene.ledger.accept(anEventChange(market.scene.event), { now: clock.timestamp });
    await tend();
    expect(market.record.state).to.equal('frozen');
    expect(nodes.flatMap(revealsOf)).to.deep.equal([]);
  });

  it('takes the place of one that is of the key no more', async () => {
    await frozen();
    const key = shareKey(market.event, 1, 1);
    market.scene.ledger.put(key, { share: encodeScalar(secretNamed('earlier')), statement: 'A'.repeat(43) });
    await tend();
    expect(nodes.map((node) => revealsOf(node).length)).to.deep.equal([1, 1, 1, 1]);
    expect(expectAccepted(submitStep(market, steps.unseal(market)))).to.deep.include({ nodes: [1, 2, 3, 4] });
  });

  it('is posted by those who hold one; the others say nothing', async () => {
    await tend(undefined, nodes.slice(1));
    clock.ms = Date.parse(CLOSES);
    drive(market, 'frozen');
    await tend();
    expect(posted()).to.deep.equal([2, 3, 4]);
    expect(revealsOf(nodes[0]!)).to.deep.equal([]);
  });

  it('is posted by a node without a peer only where two organizations’ peers show the market frozen', async () => {
    await closed();
    const { record } = market;
    const frozenRecord: MarketRecord = { ...record, state: 'frozen', root: 'A'.repeat(43) };
    const shown = (mspId: string, said: MarketRecord | undefined): Witness => ({
      mspId,
      evaluate: (_, argument) => {
        const { keys } = JSON.parse(argument) as { readonly keys: readonly string[] };
        const own = marketKey(market.event, 1) as string;
        const records = keys.map((key) => (key === own ? said : undefined) ?? market.scene.ledger.read(key) ?? null);
        return Promise.resolve(JSON.stringify({ records }));
      },
    });
    const submitted: unknown[] = [];
    const submitter = { submit: (commands: unknown) => Promise.reject(new Error(String(submitted.push(commands)))) };
    const alarms: string[] = [];
    const report = { rootDiffers: (of: string) => void alarms.push(of), submitted: () => undefined };
    const tendWith = (...witnesses: readonly Witness[]) => {
      const { keys, signer } = nodes[3]!.services;
      const ledger = new LedgerReader({ mspId: 'TrusteeMSP', witnesses, clock });
      return new Revealer({ channel: CHANNEL, ledger, keys, signer, submitter, clock, report }).tend(market.id);
    };
    const [honest, liar] = [shown('VenueMSP', undefined), shown('ResellerMSP', frozenRecord)];
    expect(await codeOf(tendWith(honest, liar))).to.equal('LEDGER_DISAGREES');
    expect(await codeOf(tendWith(liar))).to.equal('LEDGER_UNAVAILABLE');
    expect(await tendWith(honest, shown('ResellerMSP', undefined))).to.equal('settled');
    // Two who lie alike are believed as to the state, not as to the root.
    expect(await tendWith(liar, shown('VenueMSP', frozenRecord))).to.equal('settled');
    expect([alarms, submitted]).to.deep.equal([[market.id], []]);
  });

  it('is posted once where the node dies before it sends it', async () => {
    await frozen();
    crashAt = 'submit';
    expect(await nodes[0]!.tend(market.id).catch((error: unknown) => error)).to.be.instanceOf(Crash);
    await nodes[0]!.restart();
    await tend();
    expect(posted()).to.deep.equal([1, 2, 3, 4]);
    expect(revealsOf(nodes[0]!)).to.have.length(1);
  });

  it('is posted once where the node dies before it hears that it was taken', async () => {
    await frozen();
    crashAt = 'submitted';
    expect(await nodes[0]!.tend(market.id).catch((error: unknown) => error)).to.be.instanceOf(Crash);
    expect(posted()).to.deep.equal([1]);
    await nodes[0]!.restart();
    await tend();
    expect(revealsOf(nodes[0]!)).to.have.length(1);
  });
});

function replace({ scene: { ledger }, event }: SealedMarket, slot: number, change: object): void {
  const key = orderKey(event, 1, 'ResellerMSP', slot);
  ledger.put(key, { ...ledger.read(key)!, ...change });
}
