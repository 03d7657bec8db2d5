/** Committee nodes killed (SIGKILL) on the real network, in every round of a key generation and in the middle of questions. */
import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { trustKey, type NodeClient, type NodeFailure } from '../../../../committee/client/index.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import { recognize } from '../../../../committee/gate/index.js';
import { GateDevice } from '../../../../gateway/tour/gate-device.js';
import { hours } from '../../../support/live-scene.js';
import { ORGANIZER, realNetwork, type RealNetwork } from '../../../support/real-network.js';
import { Boards, heldByAll, killNode, nodesOf, startAllNodes, startNode } from '../../../support/real-nodes.js';
import { aPassport, createPeoplesEvent, isUsable, keyWhen, type Passport } from '../../../support/real-wallets.js';
import { settled } from '../../../support/rest.js';
import { until } from '../../../support/until.js';

const EVENT = `${ORGANIZER}:restarts`;

describe('a committee node that is killed', () => {
  let network: RealNetwork;
  let boards: Boards;

  before(async () => {
    network = await realNetwork();
    boards = new Boards(network.venue.ledger.records);
  });
  after(() => startAllNodes(network.plan));

  it('goes on with its part in every round, and the key is everybody’s', async () => {
    const { plan, organizer } = network;
    const [one, two, three, four] = plan.committeeNodes.map(({ name }) => name) as [string, string, string, string];
    // Whoever is dead holds the round up, so that the next one is killed in it and not a moment later.
    await killNode(plan, one);
    await createPeoplesEvent(organizer, EVENT);
    const announced = await boards.when(EVENT, ({ receivingKeys, digests }) => 2 in receivingKeys && 2 in digests);
    await killNode(plan, two);
    await startNode(plan, one);
    const dealt = await boards.when(EVENT, ({ dealings }) => 3 in dealings);
    await killNode(plan, three);
    await startNode(plan, two);
    const judged = await boards.when(EVENT, ({ verdicts }) => 1 in verdicts && 4 in verdicts);
    await killNode(plan, one, four);
    await startNode(plan, three);
    const ready = await boards.when(EVENT, (board) => board.ready.includes(2));
    await killNode(plan, two);
    const rounds = [announced, dealt, judged, ready].map(({ round }) => round);
    expect(rounds).to.deep.equal(['announce', 'deal', 'verdict', 'ready']);
    await startNode(plan, one, two, four);
    const { usable } = await keyWhen(organizer, EVENT, isUsable);
    expect(Object.keys(usable!.publicShares)).to.deep.equal(['1', '2', '3', '4']);
    const { named, silent } = await organizer.client.keyGeneration(EVENT, 1);
    expect({ named, silent }).to.deep.equal({ named: [], silent: [] });
    await heldByAll(plan.committeeNodes, EVENT);
    await boards.when(EVENT, (board) => board.ready.length === 4);
  });

  describe('while questions are asked', () => {
    let ask: (nodes?: readonly NodeClient[]) => ReturnType<typeof recognize>;

    before(async () => {
      const { plan, venue } = network;
      const { channel } = venue.profile;
      const device = new GateDevice({ device: 'east-gate', channel, event: EVENT });
      const registration = { device: device.device, jwk: device.jwk, notAfter: hours(1) };
      const { body } = await venue.client.registerDevice(EVENT, registration);
      await settled([network.organizer, network.reseller, venue], body.block!);
      const passport: Passport = await aPassport(venue);
      const { usable } = await venue.client.key(EVENT);
      const pinned = [await venue.client.committee()];
      const gate = {
        ...{ channel, event: EVENT, device: device.device, suite: nodeSuite, random: randomScalar, now: Date.now },
        key: await trustKey(EVENT, usable!, { suite: nodeSuite, channel, pinned }),
        sign: (question: object) => Promise.resolve(device.ask(question)),
      };
      ask = (nodes = nodesOf(plan)) => recognize(passport.identity, { ...gate, nodes });
    });

    it('is named and missed by nobody, and answers again', async () => {
      const { plan } = network;
      const [victim] = plan.committeeNodes;
      const expected = (await ask()).credential;
      const failed: NodeFailure[] = [];
      let asking = true;
      const questions = (async () => {
        while (asking) {
          const { credential, failures } = await ask();
          expect(credential).to.equal(expected);
          failed.push(...failures);
        }
      })();
      await killNode(plan, victim!.name);
      await until(() => failed.length > 0);
      await startNode(plan, victim!.name);
      asking = false;
      await questions;
      for (const { mspId, node, reason } of failed)
        expect({ mspId, node, reason }).to.deep.equal({ mspId: ORGANIZER, node: victim!.node, reason: 'unreachable' });
      // Where another is left out its own answer is needed.
      expect((await ask(nodesOf(plan).slice(0, 3))).credential).to.equal(expected);
    });
  });
});
