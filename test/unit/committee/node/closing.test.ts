import { expect } from 'chai';
import { latestMarketKey, marketKey } from '../../../../chaincode/domain/market/keys.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { signClosing } from '../../../../committee/node/closing.js';
import { appointCommittee } from '../../../support/committee.js';
import { drive, submitStep } from '../../../support/market-steps.js';
import { startNodes, TestClock, type TestCommitteeNode } from '../../../support/nodes.js';
import { CLOSES, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';
import { refusalOf } from './a-scene.js';

describe("a node's word that a market's time has come", () => {
  let market: SealedMarket;
  let clock: TestClock;
  let nodes: TestCommitteeNode[];
  beforeEach(async () => {
    market = sealedMarket();
    clock = new TestClock();
    nodes = await startNodes(market.scene.ledger, market.scene.committee, clock);
    clock.ms = Date.parse(CLOSES);
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const ask = (node = nodes[0]!, of = market.of()) => refusalOf(signClosing(of, node.services));
  const closingsBy = async (...at: readonly number[]) =>
    (await Promise.all(at.map((index) => signClosing(market.of(), nodes[index]!.services)))).map(
      ({ statement }) => statement,
    );
  const close = (statements: readonly string[]) =>
    submitStep(market, { kind: 'market.close', ...market.of(), statements }, { now: CLOSES });

  it('is one of t that close it', async () => {
    const statements = await closingsBy(0, 1, 3);
    expectRefusal(close(statements.slice(1)), 'STATEMENTS_TOO_FEW', 'statements');
    expectAccepted(close(statements));
    expect(market.record.state).to.equal('closed');
  });

  it('is given at closesAt by its own clock, not a second before, whatever the clocks of others say', async () => {
    clock.ms -= 1;
    expect(await ask()).to.equal('NOTHING_DUE market');
    clock.ms += 1;
    expect(await ask()).to.equal('accepted');
  });

  it('is good for five minutes', async () => {
    const statements = await closingsBy(0, 1, 2);
    const { exp } = decodeStatement('market-close', statements[0]!, 'statement').payload;
    expect(exp * 1000 - clock.ms).to.equal(5 * 60_000);
    clock.ms += 5 * 60_000;
    const late = { kind: 'market.close', ...market.of(), statements };
    expectRefusal(submitStep(market, late, { now: clock.timestamp }), 'STATEMENT_EXPIRED', 'statements[0].exp');
  });

  it('is given again as often as somebody asks, also just after the close, and not once the market is frozen', async () => {
    expectAccepted(close(await closingsBy(0, 1, 2)));
    expect(await ask()).to.equal('accepted');
    drive(market, 'frozen');
    expect(await ask()).to.equal('MARKET_NOT_OPEN market');
  });

  it('is not given of a market that nobody opened, nor of one that is over', async () => {
    expect(await ask(nodes[0], { ...market.of(), market: 2 })).to.equal('UNKNOWN_MARKET market');
    expect(await ask(nodes[0], { event: 'OrganizerMSP:nothing', market: 1 })).to.equal('UNKNOWN_MARKET market');
    const { ledger } = market.scene;
    ledger.put(marketKey(market.event, 1), { ...market.record, state: 'aborted' });
    ledger.put(latestMarketKey(market.event), { market: 1, state: 'over' });
    expect(await ask()).to.equal('MARKET_NOT_OPEN market');
  });

  it('is not given while it has no key: nobody could have ordered', async () => {
    const keyless = sealedMarket({ keyed: false });
    const others = await startNodes(keyless.scene.ledger, keyless.scene.committee, clock);
    nodes.push(...others);
    expect(await ask(others[0], keyless.of())).to.equal('KEY_NOT_USABLE market');
  });

  it('is not given by a node that has no share of it', async () => {
    market.holdKey([1, 2, 3]);
    expect(await ask(nodes[3])).to.equal('NO_SHARE market');
    expect(await ask(nodes[2])).to.equal('accepted');
  });

  it('is not given by a node of another committee than holds its key', async () => {
    const next = appointCommittee(market.scene.ledger, 4, 3, 2);
    const strangers = await startNodes(market.scene.ledger, next, clock);
    nodes.push(...strangers);
    expect(await ask(strangers[0])).to.equal('NOT_IN_COMMITTEE market');
  });
});
