/**
 * Committee nodes that are away while a key is made, on the real network: n - t of them cost time and get their shares when they are back, one more costs
 * the generation.
 */
import { expect } from 'chai';
import { credentialFor, type WalletServices } from '../../../../committee/wallet/index.js';
import { keyMade } from '../../../support/live-people.js';
import { nodeFailuresOf } from '../../../support/node-failures.js';
import { ORGANIZER, realNetwork, type RealNetwork } from '../../../support/real-network.js';
import { heldByAll, killNode, nodesOf, startAllNodes, startNode } from '../../../support/real-nodes.js';
import {
  aPassport,
  aWallet,
  createPeoplesEvent,
  isUsable,
  keyWhen,
  showPassport,
} from '../../../support/real-wallets.js';

const ONE_AWAY = `${ORGANIZER}:one-away`;
const TWO_AWAY = `${ORGANIZER}:two-away`;

describe('a key that is made', () => {
  let network: RealNetwork;
  let names: readonly string[];
  let wallet: WalletServices;

  before(async () => {
    network = await realNetwork();
    const { plan, venue, reseller } = network;
    names = plan.committeeNodes.map(({ name }) => name);
    wallet = await aWallet(venue, { nodes: nodesOf(plan) });
    await showPassport(await aPassport(venue), reseller, wallet);
  });
  after(() => startAllNodes(network.plan));

  describe('without n - t of the nodes', () => {
    before(async () => {
      const { plan, organizer } = network;
      await killNode(plan, names[0]!);
      await createPeoplesEvent(organizer, ONE_AWAY);
      await keyMade(network, ONE_AWAY, plan.committeeNodes.slice(1));
    });

    it('is the others’, and says who was silent', async () => {
      const { usable } = await network.venue.client.key(ONE_AWAY);
      expect(Object.keys(usable!.publicShares)).to.deep.equal(['2', '3', '4']);
      const { silent, named } = await network.venue.client.keyGeneration(ONE_AWAY, 1);
      expect(silent).to.deep.equal([{ round: 'announce', dealers: [1], recipients: [1] }]);
      expect(named).to.deep.equal([]);
    });

    it('serves handles that need not go to the silent one, and says whom the others miss', async () => {
      // The reseller's handles may not be seen by its own node: of the three that are left all must answer.
      expect(await nodeFailuresOf(credentialFor(ONE_AWAY, wallet))).to.deep.equal([
        { mspId: ORGANIZER, node: 'committee0', reason: 'unreachable', code: 'TypeError' },
      ]);
      const { plan, venue, organizer } = network;
      const other = await aWallet(venue, { nodes: nodesOf(plan) });
      expect((await showPassport(await aPassport(venue), organizer, other)).state).to.equal('active');
      expect((await credentialFor(ONE_AWAY, other)).state).to.equal('active');
    });

    it('is dealt again when the silent one is back, and the same key serves everybody', async () => {
      const { plan, organizer } = network;
      const { usable: before } = await organizer.client.key(ONE_AWAY);
      await startNode(plan, names[0]!);
      const { usable } = await keyWhen(organizer, ONE_AWAY, (key) => key.usable?.generation === 2);
      expect(usable!.groupKey).to.equal(before!.groupKey);
      expect(Object.keys(usable!.publicShares)).to.deep.equal(['1', '2', '3', '4']);
      await heldByAll(network.plan.committeeNodes, ONE_AWAY, 2);
      const { state, failures } = await credentialFor(ONE_AWAY, wallet);
      expect(state).to.equal('active');
      expect(failures).to.deep.equal([]);
    });
  });

  describe('without one more', () => {
    it('comes to nothing, and to be when they are back', async () => {
      const { plan, organizer } = network;
      await startAllNodes(plan);
      await killNode(plan, ...names.slice(0, 2));
      await createPeoplesEvent(organizer, TWO_AWAY);
      const { failure } = await keyWhen(organizer, TWO_AWAY, ({ state }) => state === 'failed');
      expect(failure).to.equal('TOO_FEW_RECIPIENTS');
      const failed = await organizer.client.keyGeneration(TWO_AWAY, 1);
      expect(failed).to.deep.include({ round: 'failed', failure: 'TOO_FEW_RECIPIENTS' });
      expect(failed.silent).to.deep.equal([{ round: 'announce', dealers: [1, 2], recipients: [1, 2] }]);
      await startNode(plan, ...names.slice(0, 2));
      const { usable } = await keyWhen(organizer, TWO_AWAY, isUsable);
      expect(usable!.generation).to.equal(2);
      expect(Object.keys(usable!.publicShares)).to.deep.equal(['1', '2', '3', '4']);
      expect((await organizer.client.keyGeneration(TWO_AWAY, 2)).silent).to.deep.equal([]);
      await heldByAll(network.plan.committeeNodes, TWO_AWAY, 2);
      expect((await credentialFor(TWO_AWAY, wallet)).state).to.equal('active');
    });
  });
});
