/** Nodes that cheat a sealed market: words before its time, shares that are false, early, late or another's, and fewer than t. The honest ones stand still meanwhile. */
import { expect } from 'chai';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { encodeScalar } from '../../../chaincode/crypto/scalar.js';
import { sharedKeyKey } from '../../../chaincode/domain/committee-keys.js';
import type { UsableKey } from '../../../chaincode/domain/committee-records.js';
import { namesIn } from '../../../chaincode/domain/rules/market-settle.js';
import type { Payload } from '../../../chaincode/domain/statements.js';
import { secretNamed } from '../../support/curve.js';
import { auditLive } from '../../support/live-audit.js';
import { takeCommittee, type LiveCommittee } from '../../support/live-committee.js';
import { LiveMarket } from '../../support/live-market.js';
import { escrowedMinor } from '../../support/live-persons.js';
import { closeIn, seconds } from '../../support/live-scene.js';
import { batchOf, outcomesOf } from '../../support/party-ledger.js';
import { EVERYBODY, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { heldByAll, storedBy } from '../../support/real-nodes.js';
import { replicasAtRest } from '../../support/replicas.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { claims, signStatement, type Command, type TestKey } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { crookedScene, type CrookedScene } from './crooked/scene.js';

const OPEN_S = 60;

describe('nodes that cheat a sealed market', () => {
  let network: RealNetwork;
  let scene: CrookedScene;
  let market: LiveMarket;
  let committee: LiveCommittee | undefined;
  let key: UsableKey;
  /** By index, as the nodes have them on their disks. */
  const shares = new Map<number, string>();

  /** As the venue submits it, past its gateway. */
  async function submitted(command: Command) {
    const [outcome] = outcomesOf(
      await network.venue.ledger.transactAgreed('BoxOffice:submit', batchOf([command]), EVERYBODY),
    );
    return outcome!;
  }
  async function codeOf(command: Command): Promise<string> {
    const outcome = await submitted(command);
    return outcome.accepted ? 'accepted' : outcome.code;
  }
  const nodeAt = (index: number): TestKey =>
    committee!.nodes.find(({ kid }) => kid === thumbprintOf(key.nodes[index - 1]!))!;
  const own = () => ({ ...claims(market.of.event), market: market.of.market });

  function closing(...indexes: readonly number[]): Command {
    const statements = indexes.map((index) => signStatement('market-close', own(), nodeAt(index)));
    return { kind: 'market.close', ...market.of, statements };
  }
  async function share(index: number, overrides: Partial<Payload<'market-share'>> = {}, by = nodeAt(index)) {
    const root = (await market.record())!.root ?? 'A'.repeat(43);
    const payload = { ...own(), index, share: shares.get(index)!, root, ...overrides };
    return { kind: 'market.reveal', statement: signStatement('market-share', payload, by) };
  }
  const unsealing = (): Command => ({ kind: 'market.unseal', ...market.of, nodes: key.nodes.length });

  before(async () => {
    network = await realNetwork();
    scene = await crookedScene(network);
    const { people, tickets } = scene;
    market = new LiveMarket(network, scene.event, { closesAt: closeIn(OPEN_S) });
    await market.open();
    const orders = [market.order(people.Ann, anAsk(tickets[0]!)), market.order(people.Ben, aBid())];
    await market.take(market.deposit(people.Ben, 3_000), market.deposit(people.Bea, 3_000), ...orders);
    await heldByAll(network.plan.committeeNodes, market.id);
    key = (await network.venue.ledger.records.read(sharedKeyKey(market.id)))!.key!;
    committee = await takeCommittee(network);
    for (const disk of await Promise.all(network.plan.committeeNodes.map(storedBy))) {
      const found = disk.states.find(({ name }) => name.owner === market.id && name.generation === key.generation);
      const index = key.nodes.findIndex((jwk) => thumbprintOf(jwk) === disk.signer.kid) + 1;
      if (found?.state.share !== undefined) shares.set(index, found.state.share);
    }
  });
  after(() => committee?.release());

  it('each have a share of its key', () => expect([...shares.keys()].sort()).to.deep.equal([1, 2, 3, 4]));

  it('do not close it before its time, though all of them say so', async () => {
    expect(await codeOf(closing(1, 2, 3, 4))).to.equal('NOTHING_DUE');
  });

  it('do not reveal it before it is frozen', async () => {
    expect(await codeOf(await share(1))).to.equal('MARKET_NOT_FROZEN');
  });

  it('take none of its steps before its time, as nobody does', async () => {
    const { of, terms } = market;
    const page = { ...of, page: 0 };
    const read = { ...page, quotas: terms.quotas, holders: [], tickets: [], allotments: [] };
    const steps = [
      ['MARKET_NOT_CLOSED', { kind: 'market.freeze', ...page, quotas: terms.quotas }],
      ['MARKET_NOT_REVEALED', { kind: 'market.read', ...read }],
      ['MARKET_NOT_CLEARED', { kind: 'market.settle', ...page, ...namesIn([]) }],
      ['MARKET_NOT_OVER', { kind: 'market.release', ...of, credential: scene.people.Bea.credential }],
      ['NOTHING_DUE', { kind: 'market.abort', ...of, nodes: key.nodes.length, allotments: [] }],
    ] as const;
    const codes = await Promise.all(steps.map(([, step]) => codeOf(step)));
    expect(codes).to.deep.equal(steps.map(([code]) => code));
  });

  it('do not close it with fewer than t, nor one of them as several', async () => {
    await until(() => seconds(0) > market.terms.closesAt);
    expect(await codeOf(closing(1, 2))).to.equal('STATEMENTS_TOO_FEW');
    expect(await codeOf(closing(1, 1, 1))).to.equal('SIGNER_REPEATED');
    expect(await codeOf(closing(1, 2, 4))).to.equal('accepted');
    await market.reached('frozen');
    // By the reseller's peer; all endorse what is submitted.
    await replicasAtRest(network.venue.ledger);
  });

  it('are named where a share is false', async () => {
    const forged = await submitted(await share(1, { share: encodeScalar(secretNamed('forged')) }));
    expect(forged).to.deep.include({ accepted: false, code: 'SHARE_INVALID' });
    expect(forged).to.have.nested.property('details.index', 1);
  });

  it("give no other node's share, and none for other orders", async () => {
    expect(await codeOf(await share(1, { share: shares.get(2)! }))).to.equal('SHARE_INVALID');
    expect(await codeOf(await share(2, {}, nodeAt(1)))).to.equal('UNKNOWN_KEY');
    expect(await codeOf(await share(1, { root: 'B'.repeat(42) + 'A' }))).to.equal('ROOT_MISMATCH');
  });

  it('do not reveal it with t - 1 shares', async () => {
    for (const index of [1, 3]) expect(await codeOf(await share(index))).to.equal('accepted');
    expect(await codeOf(await share(3))).to.equal('ALREADY_POSTED');
    expect(await codeOf(unsealing())).to.equal('SHARES_TOO_FEW');
    expect((await market.record())!.state).to.equal('frozen');
  });

  it('only keep it waiting: with one honest share more it goes on', async () => {
    const late = await share(4);
    committee!.release();
    const { result } = await market.released();
    expect(result).to.deep.include({ trades: 1 });
    expect(await codeOf(late)).to.be.oneOf(['MARKET_NOT_FROZEN', 'ALREADY_POSTED']);
    expect(await escrowedMinor(network, market.of.event)).to.equal(0);
    expect(await auditLive(network, market.id)).to.deep.equal({ audit: 0, python: 0, tampered: 1 });
  });
});
