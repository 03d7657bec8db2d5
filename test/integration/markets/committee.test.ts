/**
 * The committee's part in a sealed market, by its real nodes: they make its key when it opens, say by their own clocks that its time has come, post their
 * shares once it is frozen, and have nothing left of them after the reveal.
 */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decodeSecret } from '../../../chaincode/crypto/scalar.js';
import { encodePoint } from '../../../chaincode/crypto/point.js';
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { marketIdOf } from '../../../chaincode/domain/ids.js';
import { sharedKeyKey } from '../../../chaincode/domain/committee-keys.js';
import type { UsableKey } from '../../../chaincode/domain/committee-records.js';
import { marketKey, shareKey } from '../../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../../chaincode/domain/market/records.js';
import { sealedBytes } from '../../../chaincode/domain/market/seal.js';
import { askClosings, type ClosingCommittee, type NodeClient } from '../../../committee/client/index.js';
import { closeIn, hours, liveScene, openSchedule } from '../../support/live-scene.js';
import { nodeFailuresOf } from '../../support/node-failures.js';
import { EVERYBODY, realNetwork, RESELLER, VENUE, type RealNetwork } from '../../support/real-network.js';
import { killNode, nodesOf, startAllNodes, startNode, storedBy } from '../../support/real-nodes.js';
import { claims, EVENT_POLICY, newId, signStatement, type Command } from '../../support/statements.js';
import { until } from '../../support/until.js';

const SUPPLY = 'resale' as const;
/** Two pages of one organization and one of another. */
const QUOTAS = { [RESELLER]: 257, [VENUE]: 3 };
/** The key takes a few seconds; so much is left of it then for what comes before the close. */
const OPEN_S = 45;

describe("the committee's part in a sealed market", () => {
  const policy = { ...EVENT_POLICY, credentialRequired: true, market: 'both' as const };
  const schedule = openSchedule({ doorsOpenAt: hours(1.5) });
  const { event } = liveScene({ policy, schedule });
  const of = { event: event.event, market: 1 };
  const id = marketIdOf(of.event, of.market);
  let network: RealNetwork;
  let nodes: readonly NodeClient[];
  let asking: ClosingCommittee;
  let closesAt: string;
  let key: UsableKey;

  const record = (): Promise<MarketRecord | undefined> =>
    network.venue.ledger.records.read(marketKey(of.event, of.market));
  const keyRecord = () => network.venue.ledger.records.read(sharedKeyKey(id));
  const shares = async () => {
    const indexes = Object.keys(key.publicShares).map(Number);
    const found = await network.venue.ledger.records.readAll(
      indexes.map((index) => shareKey(of.event, of.market, index)),
    );
    return indexes.filter((_, at) => found[at] !== undefined);
  };
  /** What only the market's key could open. */
  const order = (slot: number): Command => {
    const sealed = randomBytes(sealedBytes(SUPPLY)).toString('base64url');
    return { kind: 'market.order', id: newId(), ...of, slot, sealed };
  };

  before(async () => {
    network = await realNetwork();
    nodes = nodesOf(network.plan);
    const committee = await network.organizer.client.committee();
    asking = { channel: network.organizer.profile.channel, committee, now: Date.now };
    await network.organizer.ledger.accept([event.command], EVERYBODY);
    closesAt = closeIn(OPEN_S);
    const terms = {
      ...claims(of.event),
      ...{ market: of.market, supply: SUPPLY, closesAt, abortableAt: hours(1), depositSteps: [3_000] },
      ...{ quotas: QUOTAS, guarantees: { [RESELLER]: 100_000 }, sellerFeeBps: 0, buyerFeeBps: 0 },
    };
    const statement = signStatement('market', terms, event.eventKey);
    await network.organizer.ledger.accept([{ kind: 'market.open', statement }], EVERYBODY);
  });
  after(() => startAllNodes(network.plan));

  it('begins with a key, which the nodes make as soon as it is open', async () => {
    await until(async () => (await keyRecord())?.state === 'usable');
    key = (await keyRecord())!.key!;
    expect(Object.keys(key.publicShares)).to.have.length(4);
    await network.reseller.ledger.accept([order(0), order(256)], EVERYBODY);
  });

  it('is no word that its time has come before it has', async () => {
    const failures = await nodeFailuresOf(askClosings(nodes, of, asking));
    expect(failures.length).to.be.at.least(2);
    for (const { reason, code } of failures) expect([reason, code]).to.deep.equal(['refused', 'NOTHING_DUE']);
  });

  it('is the word of t of them after it, also while one is away: gateways close with it', async () => {
    const away = network.plan.committeeNodes[0]!.name;
    await killNode(network.plan, away);
    expect(await record()).to.include({ state: 'open' });
    await until(async () => (await record())?.state !== 'open');
    expect(Date.now()).to.be.at.least(Date.parse(closesAt));
    await startNode(network.plan, away);
  });

  it('is the share of t of them, which each posts by itself: they make up the key', async () => {
    await until(async () => (await record())?.secret !== undefined);
    expect((await shares()).length).to.be.at.least(3);
    const { secret, orders } = (await record())!;
    expect(orders).to.equal(2);
    expect(encodePoint(nodeSuite.multiplyBase(decodeSecret(secret!, 'secret'))!)).to.equal(key.groupKey);
  });

  it('ends with the shares on no disk, in the words of the nodes and on their disks', async () => {
    await until(async () => (await keyRecord())?.state === 'destroyed');
    await until(async () => {
      const disks = await Promise.all(network.plan.committeeNodes.map(storedBy));
      return disks.every(({ states }) => states.every(({ name }) => name.owner !== id));
    });
  });
});
