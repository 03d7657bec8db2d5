/**
 * The end of an event's key on the real network. The disks of all nodes are pooled, opened with the nodes' own keys and also searched as they are: nothing
 * that is left leads from a document to the credential that it had.
 */
import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { decodeSecret, toScalar, type Scalar } from '../../../../chaincode/crypto/scalar.js';
import { lagrangeAtZero } from '../../../../chaincode/crypto/sharing.js';
import { NodeRefusal } from '../../../../committee/client/index.js';
import { credentialIdOf } from '../../../../committee/crypto/credential.js';
import { elementOf } from '../../../../committee/crypto/hash-to-group.js';
import { credentialFor, type WalletServices } from '../../../../committee/wallet/index.js';
import { filesBelow, lookThrough } from '../../../support/live-files.js';
import { keyMade } from '../../../support/live-people.js';
import { ORGANIZER, realNetwork, RESELLER, type RealNetwork } from '../../../support/real-network.js';
import { Boards, killNode, nodesOf, startAllNodes, storedBy, type StoredNode } from '../../../support/real-nodes.js';
import {
  aPassport,
  aWallet,
  createPeoplesEvent,
  keyWhen,
  showPassport,
  type Passport,
} from '../../../support/real-wallets.js';
import { until } from '../../../support/until.js';

const EVENT = `${ORGANIZER}:destroyed`;

/** As text, as hex and as they are. */
const formsOf = (word: string): Buffer[] => {
  const bytes = Buffer.from(word, 'base64url');
  return [Buffer.from(word), Buffer.from(bytes.toString('base64')), Buffer.from(bytes.toString('hex')), bytes];
};

/** The files of a folder in which any of the words is. */
function filesWith(root: string, words: readonly string[]): readonly string[] {
  const forms = words.flatMap(formsOf);
  return lookThrough(
    () => filesBelow(root),
    (path, content) => (forms.some((form) => content.includes(form)) ? [path] : []),
  );
}

/** By key and generation: what t of these shares amount to. */
function pooled(nodes: readonly StoredNode[]): Map<string, Scalar> {
  const shares = new Map<string, Map<number, Scalar>>();
  for (const { states } of nodes)
    for (const { name, state } of states) {
      if (state.share === undefined) continue;
      const of = `${name.owner} ${name.generation}`;
      const known = shares.get(of) ?? new Map<number, Scalar>();
      shares.set(of, known.set(state.role.recipient!, decodeSecret(state.share, 'share')));
    }
  return new Map([...shares].map(([of, known]) => [of, sharedBy(known)]));
}

function sharedBy(shares: ReadonlyMap<number, Scalar>): Scalar {
  const weights = lagrangeAtZero([...shares.keys()]);
  return toScalar([...shares].reduce((sum, [index, share]) => sum + weights.get(index)! * share, 0n));
}

describe('the key of an event that is cancelled', () => {
  let network: RealNetwork;
  let boards: Boards;
  let passport: Passport;
  let wallet: WalletServices;
  let late: WalletServices;
  let credential: string;
  let seeds: readonly string[];
  let shares: readonly string[];
  let publicShares: readonly string[];

  const disks = () => Promise.all(network.plan.committeeNodes.map(storedBy));
  const ofEvent = ({ states }: StoredNode) => states.filter(({ name }) => name.owner === EVENT);
  const credentialBy = (secret: Scalar): string | undefined => {
    const unblinded = nodeSuite.multiply(secret, elementOf(passport.identity));
    return unblinded && credentialIdOf(nodeSuite, EVENT, unblinded);
  };

  before(async () => {
    network = await realNetwork();
    const { plan, venue, organizer, reseller } = network;
    boards = new Boards(venue.ledger.records);
    passport = await aPassport(venue);
    [wallet, late] = [await aWallet(venue, { nodes: nodesOf(plan) }), await aWallet(venue, { nodes: nodesOf(plan) })];
    await showPassport(passport, reseller, wallet);
    await showPassport(await aPassport(venue), reseller, late);
    const last = plan.committeeNodes.at(-1)!;
    // While one is away the others still have what they deal from.
    await killNode(plan, last.name);
    await createPeoplesEvent(organizer, EVENT);
    await boards.when(EVENT, ({ digests }) => [1, 2, 3].every((index) => index in digests));
    seeds = (await disks()).flatMap((disk) => ofEvent(disk).flatMap(({ state }) => state.dealing?.seed ?? []));
    await startAllNodes(plan);
    await keyMade(network, EVENT);
    const { outcome } = await boards.when(EVENT, ({ ready }) => ready.length === 4);
    publicShares = Object.values(outcome!.publicShares);
    credential = (await credentialFor(EVENT, wallet)).subject;
  });
  after(() => startAllNodes(network.plan));

  it('was in shares on the nodes’ disks, and these would give its credentials away', async () => {
    const before = await disks();
    shares = before.flatMap((disk) => ofEvent(disk).map(({ state }) => state.share!));
    expect([seeds.length, shares.length]).to.deep.equal([3, 4]);
    expect(credentialBy(pooled(before).get(`${EVENT} 1`)!)).to.equal(credential);
  });

  it('is destroyed by every node, in its own words', async () => {
    const { body } = await network.organizer.client.changeEvent(EVENT, { change: 0, action: 'cancel' });
    expect(body.tx).to.be.a('string');
    const { usable } = await keyWhen(network.venue, EVENT, ({ state }) => state === 'destroyed');
    expect(usable).to.equal(undefined);
    const { destroyed } = await boards.when(EVENT, (board) => board.destroyed.length === 4);
    expect([...destroyed].sort()).to.deep.equal([1, 2, 3, 4]);
  });

  it('is on no disk any more, neither its shares nor what they came from', async () => {
    let after = await disks();
    // A node forgets its share once it sees that the ledger has its word.
    await until(async () => {
      after = await disks();
      return after.flatMap(ofEvent).length === 0;
    });
    const left = new Set(after.flatMap(({ words }) => words));
    expect([...shares, ...seeds].filter((word) => left.has(word))).to.deep.equal([]);
    const { root } = network.plan.directory;
    expect(filesWith(root, [...shares, ...seeds])).to.deep.equal([]);
    // What is public of it is found, so it was looked for in the right places.
    expect(filesWith(root, publicShares.slice(0, 1))).not.to.be.empty;
  });

  it('does not follow from anything that is left', async () => {
    const left = await disks();
    const words = [...new Set(left.flatMap((disk) => disk.words))];
    const keys = [...pooled(left)];
    expect(keys.map(([of]) => of)).to.include('dedup 1');
    const secrets = [
      ...words.map((word) => toScalar(BigInt(`0x${Buffer.from(word, 'base64url').toString('hex')}`))),
      ...keys.map(([, key]) => key),
    ];
    expect(secrets.map(credentialBy)).not.to.include(credential);
  });

  it('answers nobody', async () => {
    const error = await credentialFor(EVENT, late).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error).with.property('message', `the key of ${EVENT} is destroyed`);
    const handle = late.store.state.blinded.find(({ kind, signed }) => kind === 'event' && signed)!.signed!.handle;
    for (const node of late.nodes.filter(({ mspId }) => mspId !== RESELLER)) {
      // It is the first thing that a node looks at.
      const request = { event: EVENT, handle, proof: 'A'.repeat(87) };
      const asked = node.ask('evaluateCredential', request, AbortSignal.timeout(5_000));
      const refusal = await asked.catch((thrown: unknown) => thrown);
      // For some seconds a node may believe that there is a key; it has no share of it.
      expect(refusal).to.be.instanceOf(NodeRefusal).with.property('code').that.is.oneOf(['KEY_NOT_USABLE', 'NO_SHARE']);
    }
  });
});
