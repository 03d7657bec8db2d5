import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DEDUP, messageKey, sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { trustKey } from '../../../../committee/client/index.js';
import { codeOf } from '../../../support/code-of.js';
import { aKeyGeneration } from '../../../support/committee.js';
import { drive, steps, submitStep } from '../../../support/market-steps.js';
import { startNodes, tendAll, TestClock, type TestCommitteeNode } from '../../../support/nodes.js';
import { ABORTABLE, CLOSES, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { anEventChange, CHANNEL, NOW } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

describe("nodes and a market's key", () => {
  let market: SealedMarket;
  let clock: TestClock;
  let nodes: TestCommitteeNode[];
  beforeEach(async () => {
    market = sealedMarket({ keyed: false });
    clock = new TestClock();
    nodes = await startNodes(market.scene.ledger, market.scene.committee, clock);
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const key = () => market.scene.ledger.read(sharedKeyKey(market.id));
  const tend = (turns?: number, some = nodes) => tendAll(some, market.id, clock, turns);
  const held = () => nodes.map(({ store }) => store.names.filter(({ owner }) => owner === market.id).length);
  const at = (time: string) => void (clock.ms = Date.parse(time));

  it('make it as soon as it is open, and nothing for a market that is over', async () => {
    expect(await nodes[0]!.keeper.due()).to.include(market.id);
    await tend();
    expect(key()).to.include({ state: 'usable', generation: 1 });
    expect(held()).to.deep.equal([1, 1, 1, 1]);
    at(ABORTABLE);
    expectAccepted(submitStep(market, steps.abort(market), { now: ABORTABLE }));
    const next = market.next();
    await tend();
    expect(key()!.generation).to.equal(1);
    expect(await nodes[0]!.keeper.due()).to.not.include(next.id);
  });

  it('make one for the event and for each of five markets of it, whichever node asks', async () => {
    const { ledger, event } = market.scene;
    const asked = () => nodes.flatMap(({ submitted }) => submitted.filter(({ kind }) => kind === 'key.generate'));
    let open = market;
    // The scene's event comes with a key that nobody asked for.
    ledger.put(sharedKeyKey(event.event), null as never);
    await tendAll(nodes, event.event, clock);
    for (let n = 1; n <= 5; n += 1) {
      await tendAll(nodes, open.id, clock);
      expect(ledger.read(sharedKeyKey(open.id)), open.id).to.include({ state: 'usable', generation: 1 });
      if (n === 5) break;
      at(ABORTABLE);
      expectAccepted(submitStep(open, steps.abort(open), { now: clock.timestamp }));
      clock.ms = Date.parse(NOW);
      open = open.next();
      ledger.accept(open.opening, { now: clock.timestamp });
    }
    // Each once: nobody was refused, so nobody had to ask in another's place.
    expect(asked().map(({ market: of }) => of)).to.deep.equal([undefined, 1, 2, 3, 4, 5]);
  });

  it('keep it in a file of its own, which opens again', async () => {
    await tend();
    const [node] = nodes;
    expect(readdirSync(join(node!.directory, 'shares'))).to.deep.equal([`${market.id.replaceAll(':', '_')}.1.json`]);
    await node!.restart();
    expect(node!.store.names).to.deep.equal([{ owner: market.id, generation: 1 }]);
    expect(node!.store.get({ owner: market.id, generation: 1 })?.share).to.be.a('string');
  });

  it('say that they are ready in words that wallets believe, of this market alone', async () => {
    await tend();
    const { ledger, committee } = market.scene;
    const members = committee.nodes.map(({ jwk }, index) => ({ mspId: `Org${index}MSP`, node: 'committee', jwk }));
    const trust = { suite: nodeSuite, channel: CHANNEL, pinned: [{ ...committee, members }] };
    const ready = [1, 2, 3, 4].map(
      (index) => ledger.read(messageKey(market.id, 1, { kind: 'ready', index }))!.statement!,
    );
    const published = { ...key()!.key!, ready };
    expect(await trustKey(market.id, published, trust)).to.include({ owner: market.id, keyId: `${market.id}/1` });
    expect(await codeOf(trustKey(`${market.event}:m2`, published, trust))).to.equal('KEY_NOT_TRUSTED');
  });

  it('deal it again for one that was away, which has to ask while orders are taken', async () => {
    await tend(undefined, nodes.slice(1));
    const { groupKey } = key()!.key!;
    expect(held()).to.deep.equal([0, 1, 1, 1]);
    await tend();
    expect(key()!.key).to.include({ generation: 2, groupKey });
    expect(held()).to.deep.equal([1, 1, 1, 1]);
  });

  it('ask for no share after its time, for the ledger would make none', async () => {
    await tend(undefined, nodes.slice(1));
    at(CLOSES);
    await tend();
    expect(key()!.generation).to.equal(1);
    expect(await nodes[0]!.keeper.due()).to.deep.equal([DEDUP]);
  });

  it('give up what is under way when it closes: the shares that reveal it stay those of the close', async () => {
    await tend(undefined, nodes.slice(1));
    const { key: before } = key()!;
    market.scene.ledger.accept(aKeyGeneration(market.event, 2, 1), { now: clock.timestamp });
    for (const node of nodes) await node.tend(market.id);
    at(CLOSES);
    drive(market, 'frozen');
    await tend();
    expect(key()).to.deep.include({ generation: 2, state: 'failed', failure: 'MARKET_NOT_OPEN', key: before });
    expect(held()).to.deep.equal([0, 1, 1, 1]);
    expectAccepted(submitStep(market, steps.unseal(market)));
    await tend();
    expect(key()?.state).to.equal('destroyed');
    expect(held()).to.deep.equal([0, 0, 0, 0]);
  });

  it('give up the first one too where it is aborted meanwhile, and keep nothing of it', async () => {
    for (const node of nodes) await node.tend(market.id);
    for (const node of nodes) await node.tend(market.id);
    market.scene.ledger.accept(anEventChange(market.scene.event));
    expectAccepted(submitStep(market, { ...steps.abort(market), nodes: 0 }));
    await tend();
    expect(key()).to.include({ state: 'failed', failure: 'MARKET_NOT_OPEN' });
    expect(held()).to.deep.equal([0, 0, 0, 0]);
  });

  it('destroy their shares once it is revealed, and not before', async () => {
    await tend();
    at(CLOSES);
    drive(market, 'closed');
    await tend();
    expect(held()).to.deep.equal([1, 1, 1, 1]);
    expectRefusal(submitStep(market, steps.unseal(market)), 'MARKET_NOT_FROZEN', 'market');
    for (let page = 0; page < 3; page += 1) expectAccepted(submitStep(market, steps.freeze(market, page)));
    expectAccepted(submitStep(market, steps.root(market)));
    await tend();
    expect(held()).to.deep.equal([1, 1, 1, 1]);
    expectAccepted(submitStep(market, steps.unseal(market)));
    await tend();
    expect(key()?.state).to.equal('destroyed');
    expect(held()).to.deep.equal([0, 0, 0, 0]);
  });

  it('destroy them also of a market before the event’s newest, whoever was away meanwhile', async () => {
    await tend();
    const [away, ...others] = nodes;
    at(ABORTABLE);
    expectAccepted(submitStep(market, steps.abort(market), { now: ABORTABLE }));
    await tend(undefined, others);
    const later = { closesAt: '2027-03-02T14:00:00Z', abortableAt: '2027-03-02T15:00:00Z' };
    market.scene.ledger.accept(market.next(later).opening, { now: ABORTABLE });
    expect(await away!.keeper.due()).to.include(market.id);
    await tend(undefined, [away!]);
    expect(held()).to.deep.equal([0, 0, 0, 0]);
  });
});
