/**
 * A committee of seven with threshold five: it comes up and makes its keys, and wallets of real people get their credentials from whoever is well, whatever
 * the others do. With (4,3) an attestor's own organization left out there is nobody to spare; here there is one.
 */
import { expect } from 'chai';
import type { NodeFailure } from '../../../committee/client/index.js';
import { credentialFor, gateMaterialFor, type WalletServices } from '../../../committee/wallet/index.js';
import {
  loadTopology,
  parseTopology,
  planFrom,
  resetNetwork,
  startNetwork,
  type NetworkPlan,
  type Topology,
} from '../../../network/network.js';
import { findProjectRoot } from '../../../network/data-directory.js';
import { nodeFailuresOf } from '../../support/node-failures.js';
import { placeOf } from '../../support/place.js';
import { ORGANIZER, partyOf, RESELLER, type Party } from '../../support/real-network.js';
import { clientOf, heldByAll, nodeNamed, nodesOf, urlOf } from '../../support/real-nodes.js';
import {
  aPassport,
  aWallet,
  createPeoplesEvent,
  isUsable,
  keyWhen,
  showPassport,
  type Passport,
} from '../../support/real-wallets.js';
import { LIES, TroubledNode, type Trouble } from '../../support/troubled-node.js';

const EVENT = `${ORGANIZER}:seven`;
/** Longer than an honest node takes on a busy machine. */
const SHORT_MS = 10_000;
/** Slow enough for all others to have answered, and in time. */
const LATE_MS = 3_000;

/** Two nodes each, and one at the venue. */
function ofSeven(): Topology {
  const topology = loadTopology(`${findProjectRoot()}/network/topology.json`);
  const organizations = topology.organizations.map((organization) => {
    const [first] = organization.committeeNodes;
    if (!first || organization.name === 'venue') return organization;
    const second = { ...first, name: 'committee1', port: first.port + 1 };
    return { ...organization, committeeNodes: [first, second] };
  });
  return parseTopology({ ...topology, committee: { threshold: 5 }, organizations });
}

const place = { ...placeOf('committee'), topology: ofSeven() };

const troubles: readonly (readonly [string, Trouble, Pick<NodeFailure, 'reason' | 'code'>])[] = [
  [
    'lies about its evaluation',
    { kind: 'lies', about: LIES.evaluation },
    { reason: 'lying', code: 'EVALUATION_INVALID' },
  ],
  ['lies about its proof', { kind: 'lies', about: LIES.proof }, { reason: 'lying', code: 'EVALUATION_INVALID' }],
  ['says that it is another', { kind: 'lies', about: LIES.index }, { reason: 'lying', code: 'KEY_MISMATCH' }],
  ['signs wrongly', { kind: 'lies', about: LIES.signature }, { reason: 'lying', code: 'SIGNATURE_INVALID' }],
  ['signs a wrong pass', { kind: 'lies', about: LIES.pass }, { reason: 'lying', code: 'SIGNATURE_INVALID' }],
  ['talks nonsense', { kind: 'talks nonsense' }, { reason: 'unreachable', code: 'SyntaxError' }],
  ['resets', { kind: 'resets' }, { reason: 'unreachable', code: 'TypeError' }],
];

describe('a committee of seven', () => {
  let plan: NetworkPlan;
  let venue: Party;
  let passport: Passport;
  let wallet: WalletServices;
  let credential: string;
  const parties: Party[] = [];
  const troubled: TroubledNode[] = [];

  before(async () => {
    await resetNetwork(place);
    await startNetwork(place);
    plan = planFrom(place);
    const [organizer, reseller, own] = ['organizer', 'reseller', 'venue'].map((name) => partyOf(plan, name));
    parties.push(organizer!, reseller!, own!);
    venue = own!;
    for (const name of ['committee0-organizer', 'committee1-reseller'])
      troubled.push(await TroubledNode.before(urlOf(nodeNamed(plan, name))));
    const [first, second] = troubled;
    const nodes = plan.committeeNodes.map((node) => {
      if (node.name === 'committee0-organizer') return clientOf(node, first!.url);
      return node.name === 'committee1-reseller' ? clientOf(node, second!.url) : clientOf(node);
    });
    await createPeoplesEvent(organizer!, EVENT);
    passport = await aPassport(venue);
    wallet = await aWallet(venue, { nodes, timeoutMs: SHORT_MS });
  });
  after(async () => {
    await Promise.all(troubled.map((node) => node.close()));
    await Promise.all(parties.map(({ ledger }) => ledger.close()));
    await resetNetwork(place);
  });
  afterEach(() => {
    for (const node of troubled) node.trouble = { kind: 'none' };
  });

  const have = (...all: readonly Trouble[]) => {
    for (const [at, trouble] of all.entries()) troubled[at]!.trouble = trouble;
  };
  const late: Trouble = { kind: 'is slow', byMs: LATE_MS };

  it('comes up with the consortium’s key and makes those of events, each in seven shares', async () => {
    for (const owner of ['dedup', EVENT]) {
      const { usable } = await keyWhen(venue, owner, isUsable);
      expect(usable).to.deep.include({ generation: 1, epoch: 1, threshold: 5 });
      expect(Object.keys(usable!.publicShares)).to.have.length(7);
      expect(usable!.nodes).to.have.length(7);
      expect((await venue.client.keyGeneration(owner, 1)).silent).to.deep.equal([]);
      await heldByAll(plan.committeeNodes, owner);
    }
  });

  it('registers a person though one lies and another is slow', async () => {
    have({ kind: 'lies', about: LIES.evaluation }, late);
    const { state, failures } = await showPassport(passport, venue, wallet);
    expect(state).to.equal('active');
    expect(failures).to.deep.equal([
      { mspId: ORGANIZER, node: 'committee0', reason: 'lying', code: 'EVALUATION_INVALID' },
    ]);
    credential = (await credentialFor(EVENT, { ...wallet, nodes: nodesOf(plan) })).subject;
  });

  for (const [what, trouble, failure] of troubles) {
    it(`gives the same credential where one node ${what}, and names it; and both where two do`, async () => {
      have(trouble, late);
      const { subject, failures } = await credentialFor(EVENT, wallet);
      expect(subject).to.equal(credential);
      // Asked twice, for an evaluation and for a signature: some fail at both.
      expect(failures).not.to.be.empty;
      for (const each of failures) expect(each).to.deep.equal({ mspId: ORGANIZER, node: 'committee0', ...failure });
      have(trouble, trouble);
      expect(await nodeFailuresOf(credentialFor(EVENT, wallet))).to.have.deep.members([
        { mspId: ORGANIZER, node: 'committee0', ...failure },
        { mspId: RESELLER, node: 'committee1', ...failure },
      ]);
    });
  }

  it('waits for nobody who is silent, and names them where too few are left', async () => {
    have({ kind: 'never answers' });
    expect((await credentialFor(EVENT, wallet)).subject).to.equal(credential);
    have({ kind: 'never answers' }, { kind: 'is slow', byMs: 2 * SHORT_MS });
    expect(await nodeFailuresOf(credentialFor(EVENT, wallet))).to.have.deep.members([
      { mspId: ORGANIZER, node: 'committee0', reason: 'silent' },
      { mspId: RESELLER, node: 'committee1', reason: 'silent' },
    ]);
  });

  it('leaves gate passes of t nodes that are true', () => {
    expect(gateMaterialFor(EVENT, wallet)).to.deep.include({ credential });
    expect(gateMaterialFor(EVENT, wallet).gatePasses).to.have.length(5);
  });
});
