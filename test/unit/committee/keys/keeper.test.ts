import { expect } from 'chai';
import { DEDUP, sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import { currentCommitteeKey } from '../../../../chaincode/domain/keys.js';
import { decodePoint, encodePoint, type Point } from '../../../../chaincode/crypto/point.js';
import { interpolate } from '../../../../chaincode/crypto/sharing.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { appointCommittee, type TestCommittee } from '../../../support/committee.js';
import { startNodes, tendAll, TestClock, type TestCommitteeNode } from '../../../support/nodes.js';
import { anEvent, anEventChange, EVENT_POLICY, SCHEDULE } from '../../../support/statements.js';
import { subsetsOf } from '../../../support/subsets.js';
import { TestLedger } from '../../../support/test-ledger.js';

class Crash extends Error {}

const event = anEvent({ policy: { ...EVENT_POLICY, credentialRequired: true } });
const OWNER = event.event;

describe("a node's keys", () => {
  let ledger: TestLedger;
  let committee: TestCommittee;
  let clock: TestClock;
  let nodes: TestCommitteeNode[];
  beforeEach(() => {
    ledger = TestLedger.founded();
    committee = appointCommittee(ledger);
    clock = new TestClock();
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const keyOf = (owner = DEDUP) => ledger.read(sharedKeyKey(owner));
  const shareOf = (node: TestCommitteeNode, owner = DEDUP, generation = 1) =>
    node.store.get({ owner, generation })?.share;
  /** The key that these nodes' shares make up. */
  const keyFrom = async (held: readonly TestCommitteeNode[], owner = DEDUP): Promise<string> => {
    const shares = new Map<number, Point>();
    for (const { services } of held) {
      const { share } = await services.keys.of(owner);
      shares.set(share.index, nodeSuite.multiplyBase(share.secret)!);
    }
    return encodePoint(interpolate(nodeSuite, shares)!);
  };

  it('are made by themselves once there is a committee, and any three shares are the key', async () => {
    nodes = await startNodes(ledger, committee, clock);
    await tendAll(nodes, DEDUP, clock);
    expect(keyOf()?.state).to.equal('usable');
    for (const three of subsetsOf(nodes, 3)) expect(await keyFrom(three)).to.equal(keyOf()?.key?.groupKey);
    expect(await keyFrom(nodes.slice(0, 2))).not.to.equal(keyOf()?.key?.groupKey);
  });

  it('are begun by one node, and by the next where that one is silent', async () => {
    nodes = await startNodes(ledger, committee, clock);
    await tendAll(nodes.slice(1), DEDUP, clock);
    expect(keyOf()?.state).to.equal('usable');
    const begun = nodes.filter(({ submitted }) => submitted.some(({ kind }) => kind === 'key.generate'));
    expect(begun).to.deep.equal([nodes[1]]);
    // Rounds were ended at their deadlines; whoever comes late has no share and says so.
    await tendAll(nodes, DEDUP, clock);
    expect(shareOf(nodes[0]!)).to.equal(undefined);
    expect(
      await nodes[0]!.services.keys.of(DEDUP).catch((error: unknown) => (error as { code: string }).code),
    ).to.equal('NO_SHARE');
  });

  it('are not made with too few nodes, tried again less and less often, and made when they are back', async () => {
    nodes = await startNodes(ledger, committee, clock);
    await tendAll(nodes.slice(0, 2), DEDUP, clock, 120);
    const { generation = 0, state } = keyOf() ?? {};
    expect(generation).to.be.within(2, 5);
    expect(['failed', 'generating']).to.include(state);
    await tendAll(nodes, DEDUP, clock, 400);
    expect(keyOf()?.state).to.equal('usable');
  });

  it('are the same after a crash before any step to disk or ledger', async () => {
    nodes = [];
    let passed = Infinity;
    for (let crashAt = 1; passed >= crashAt && crashAt < 60; crashAt += 1) {
      ledger = TestLedger.founded();
      // As small as it can be: it is made some twenty times.
      committee = appointCommittee(ledger, 3, 2);
      let steps = 0;
      const before = (at: number) => {
        if (at === 0 && (steps += 1) === crashAt) throw new Crash(`before step ${crashAt}`);
      };
      const tried = await startNodes(ledger, committee, clock, { before });
      await tendAll(tried, DEDUP, clock).catch((error: unknown) => expect(error).to.be.instanceOf(Crash));
      await tried[0]!.restart();
      await tendAll(tried, DEDUP, clock);
      expect(keyOf()?.state, `crash ${crashAt}`).to.equal('usable');
      expect(tried[0]!.lost, `crash ${crashAt}`).to.deep.equal([]);
      expect(await keyFrom(tried.slice(0, 2)), `crash ${crashAt}`).to.equal(keyOf()?.key?.groupKey);
      await Promise.all(tried.map((node) => node.close()));
      passed = steps;
    }
    expect(passed).to.be.greaterThan(10);
  });

  it('have no seed left once they are usable', async () => {
    nodes = await startNodes(ledger, committee, clock);
    await tendAll(nodes, DEDUP, clock);
    for (const node of nodes) {
      await node.restart();
      expect(node.store.get({ owner: DEDUP, generation: 1 })).to.not.have.property('dealing');
      expect(shareOf(node)).to.be.a('string');
    }
  });

  it('give a node that lost its folder no part in what goes on in its name', async () => {
    nodes = await startNodes(ledger, committee, clock);
    for (const node of nodes) await node.keeper.tend(DEDUP);
    for (const node of nodes) await node.keeper.tend(DEDUP);
    const [fresh] = await startNodes(ledger, { ...committee, nodes: committee.nodes.slice(0, 1) }, clock);
    await tendAll([fresh!, ...nodes.slice(1)], DEDUP, clock);
    expect(fresh!.lost).to.deep.equal(['NOT_MY_MESSAGE']);
    expect(keyOf()?.state).to.equal('usable');
    await fresh!.close();
  });

  describe('of an event', () => {
    const tend = () => tendAll(nodes, OWNER, clock);
    beforeEach(async () => {
      nodes = await startNodes(ledger, committee, clock);
    });

    it('are made where credentials are required', async () => {
      ledger.accept(event.command);
      expect(await nodes[0]!.keeper.due()).to.deep.equal([DEDUP, OWNER]);
      await tend();
      expect(keyOf(OWNER)?.state).to.equal('usable');
      expect(keyOf()).to.equal(undefined);
    });

    it('are not made where they are not', async () => {
      ledger.accept(anEvent().command);
      expect(await nodes[0]!.keeper.due()).to.deep.equal([DEDUP]);
      await tend();
      expect(keyOf(OWNER)).to.equal(undefined);
    });

    it('are dealt again when a node is back that was away, and stay the same key', async () => {
      ledger.accept(event.command);
      await tendAll(nodes.slice(1), OWNER, clock);
      const before = keyOf(OWNER)!.key!;
      expect(shareOf(nodes[0]!, OWNER)).to.equal(undefined);
      expect(await nodes[0]!.keeper.due()).to.include(OWNER);
      expect(await nodes[1]!.keeper.due()).to.include(OWNER);
      await tend();
      expect(keyOf(OWNER)!.key).to.include({ generation: 2, groupKey: before.groupKey });
      for (const three of subsetsOf(nodes, 3)) expect(await keyFrom(three, OWNER)).to.equal(before.groupKey);
      for (const { store } of nodes) expect(store.names).to.deep.equal([{ owner: OWNER, generation: 2 }]);
    });

    it('are asked for again less and less often while another node is away, and are destroyed all the same', async () => {
      ledger.accept(event.command);
      await tendAll(nodes.slice(1), OWNER, clock);
      const { key } = keyOf(OWNER)!;
      await tendAll(nodes.slice(0, 3), OWNER, clock, 300);
      expect(keyOf(OWNER)).to.deep.include({ key });
      expect(keyOf(OWNER)!.generation).to.be.within(3, 7);
      expect(await keyFrom(nodes.slice(1), OWNER)).to.equal(key!.groupKey);
      clock.ms = Date.parse(SCHEDULE.endsAt) + 24 * 3_600_000;
      await tend();
      expect(keyOf(OWNER)?.state).to.equal('destroyed');
      expect(nodes.flatMap(({ store }) => store.names)).to.deep.equal([]);
    });

    it('are destroyed a day after its end, and the ledger says so', async () => {
      ledger.accept(event.command);
      await tend();
      clock.ms = Date.parse(SCHEDULE.endsAt) + 23 * 3_600_000;
      await tend();
      expect(nodes.map((node) => shareOf(node, OWNER))).to.not.include(undefined);
      clock.ms = Date.parse(SCHEDULE.endsAt) + 24 * 3_600_000;
      await tend();
      expect(keyOf(OWNER)?.state).to.equal('destroyed');
      for (const node of nodes) {
        await node.restart();
        expect(node.store.names).to.deep.equal([]);
      }
    });

    it('are destroyed when it is cancelled, also in the middle of their generation, and not begun again', async () => {
      ledger.accept(event.command);
      for (const node of nodes) await node.keeper.tend(OWNER);
      for (const node of nodes) await node.keeper.tend(OWNER);
      ledger.accept(anEventChange(event));
      await tend();
      expect(nodes.flatMap(({ store }) => store.names)).to.deep.equal([]);
      expect(keyOf(OWNER)?.generation).to.equal(1);
    });
  });

  it('move to another committee unchanged, and the old shares are destroyed', async () => {
    nodes = await startNodes(ledger, committee, clock);
    await tendAll(nodes, DEDUP, clock);
    const before = keyOf()!.key!;
    const next = appointCommittee(ledger, 4, 3, 2);
    expect(ledger.read(currentCommitteeKey)?.epoch).to.equal(2);
    const successors = await startNodes(ledger, next, clock);
    const all = [...nodes, ...successors];
    await tendAll(all, DEDUP, clock);
    const after = keyOf()!.key!;
    expect(after).to.include({ generation: 2, epoch: 2, groupKey: before.groupKey });
    expect(after.publicShares[1]).not.to.equal(before.publicShares[1]);
    expect(await keyFrom(successors.slice(1))).to.equal(before.groupKey);
    expect(nodes.map((node) => shareOf(node))).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(nodes.flatMap(({ store }) => store.names)).to.deep.equal([]);
    decodePoint(after.groupKey, 'groupKey');
    nodes = all;
  });
});
