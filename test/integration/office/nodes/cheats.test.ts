/** Nodes that cheat on the real ledger: two are stopped, and in their names, with their keys, the test takes part in a generation. */
import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { decodeSecret } from '../../../../chaincode/crypto/scalar.js';
import { slander, wrongShare, type Cheat } from '../../../support/cheats.js';
import { DrivenNode } from '../../../support/driven-node.js';
import { ORGANIZER, realNetwork, type RealNetwork } from '../../../support/real-network.js';
import { Boards, keyToldBy, killNode, startAllNodes, storedBy } from '../../../support/real-nodes.js';
import { createPeoplesEvent, isUsable, keyWhen } from '../../../support/real-wallets.js';
import { replicasAtRest } from '../../../support/replicas.js';
import { until } from '../../../support/until.js';

const EVENT = `${ORGANIZER}:cheats`;

describe('a cheating dealer and a false complainer', () => {
  let network: RealNetwork;
  let boards: Boards;

  before(async () => {
    network = await realNetwork();
    const { plan, organizer } = network;
    boards = new Boards(organizer.ledger.records);
    const [, , dealer, complainer] = plan.committeeNodes;
    await killNode(plan, dealer!.name, complainer!.name);
    const drive = async (node: typeof dealer, cheat: Cheat) =>
      new DrivenNode({ signer: (await storedBy(node!)).signer, cheat, party: organizer, boards });
    const crooks = [
      await drive(dealer, wrongShare(1, new Uint8Array(32).fill(1))),
      await drive(complainer, slander(2)),
    ];
    await createPeoplesEvent(organizer, EVENT);
    await Promise.all(crooks.map((crook) => crook.takePart(EVENT)));
    await replicasAtRest(organizer.ledger);
  });
  after(() => startAllNodes(network.plan));

  it('are both named', async () => {
    const { named, silent } = await network.venue.client.keyGeneration(EVENT, 1);
    expect(named).to.have.deep.members([
      { guilty: 'dealer', index: 3, code: 'SHARE_INVALID' },
      { guilty: 'recipient', index: 4, code: 'COMPLAINT_UNFOUNDED' },
    ]);
    expect(silent).to.deep.equal([]);
  });

  it('keep no key from being made: of the dealings that stand', async () => {
    const { usable } = await keyWhen(network.venue, EVENT, isUsable);
    expect(Object.keys(usable!.publicShares)).to.deep.equal(['1', '2', '3', '4']);
    const { outcome } = await boards.when(EVENT, ({ round }) => round === 'usable');
    expect(outcome!.qualified).to.deep.equal([1, 2, 4]);
  });

  it('leave the honest nodes with shares of that key', async () => {
    const { usable } = await network.venue.client.key(EVENT);
    for (const [at, node] of network.plan.committeeNodes.slice(0, 2).entries()) {
      await until(async () => (await keyToldBy(node, EVENT))?.held === true);
      const { states } = await storedBy(node);
      const { share } = states.find(({ name }) => name.owner === EVENT)!.state;
      const publicShare = nodeSuite.multiplyBase(decodeSecret(share!, 'share'))!;
      expect(encodePoint(publicShare)).to.equal(usable!.publicShares[String(at + 1)]);
    }
  });

  it('are told of by the nodes, which come back without a share', async () => {
    const { plan } = network;
    await startAllNodes(plan);
    for (const node of plan.committeeNodes.slice(2))
      await until(async () => (await keyToldBy(node, EVENT))?.held === false);
  });
});
