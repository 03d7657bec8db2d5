import { expect } from 'chai';
import { allClosings, askClosings, NodeRefusal, type NodeClient } from '../../../../committee/client/index.js';
import { NodeError } from '../../../../committee/errors.js';
import { signClosing, type MarketAsked } from '../../../../committee/node/closing.js';
import { codeOf } from '../../../support/code-of.js';
import { submitStep } from '../../../support/market-steps.js';
import { startNodes, TestClock, type TestCommitteeNode } from '../../../support/nodes.js';
import { CLOSES, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { CHANNEL } from '../../../support/statements.js';
import { expectAccepted } from '../../../support/world.js';

type Answer = (asked: MarketAsked, node: TestCommitteeNode) => Promise<{ statement: string }>;

const honest: Answer = async (asked, { services }) => {
  try {
    return await signClosing(asked, services);
  } catch (error) {
    if (error instanceof NodeError) throw new NodeRefusal(error.code);
    throw error;
  }
};

describe('asking nodes for the close of a market', () => {
  let market: SealedMarket;
  let clock: TestClock;
  let nodes: TestCommitteeNode[];
  beforeEach(async () => {
    market = sealedMarket();
    clock = new TestClock();
    clock.ms = Date.parse(CLOSES);
    nodes = await startNodes(market.scene.ledger, market.scene.committee, clock);
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const nameOf = (at: number) => `committee-${at}`;
  const clients = (odd: Readonly<Record<number, Answer>> = {}): NodeClient[] =>
    nodes.map((node, at) => ({
      mspId: node.mspId,
      node: nameOf(at),
      ask: async (_, request) => (await (odd[at] ?? honest)(request as unknown as MarketAsked, node)) as never,
    }));
  const asking = () => {
    const { epoch, threshold, nodes: keys } = market.scene.committee;
    const members = keys.map(({ jwk }, at) => ({ mspId: nodes[at]!.mspId, node: nameOf(at), jwk }));
    return { channel: CHANNEL, committee: { epoch, threshold, members }, now: clock.now, timeoutMs: 4_000 };
  };
  const ask = (odd: Readonly<Record<number, Answer>> = {}, of = market.of()) => askClosings(clients(odd), of, asking());
  const never: Answer = () => new Promise(() => undefined);

  it('gives what closes it', async () => {
    const { answers, failures } = await ask();
    expect([answers.length, failures]).to.deep.equal([3, []]);
    const close = { kind: 'market.close', ...market.of(), statements: answers };
    expectAccepted(submitStep(market, close, { now: CLOSES }));
  });

  const lies: readonly (readonly [string, Answer, string])[] = [
    ['another’s statement', (asked) => honest(asked, nodes[1]!), 'SIGNATURE_INVALID'],
    ['one of another market', () => signed({ market: 2 }), 'STATEMENT_DIFFERS'],
    ['one of another event', () => signed({ event: 'OrganizerMSP:other' }), 'STATEMENT_DIFFERS'],
    ['one of another channel', () => signed({ channel: 'other' }), 'STATEMENT_DIFFERS'],
    ['one that is over', () => signed({ exp: Date.parse(CLOSES) / 1000 }), 'STATEMENT_DIFFERS'],
    ['no statement', () => Promise.resolve({ statement: 'a.b.c' }), 'MALFORMED_STATEMENT'],
  ];
  const signed = (overrides: object) => Promise.resolve({ statement: market.closing(1, overrides) });
  for (const [what, lie, code] of lies)
    it(`names a node that gives ${what}, and goes on with the others`, async () => {
      const { answers, failures } = await ask({ 0: lie });
      expect(answers).to.have.length(3);
      expect(failures).to.deep.equal([{ mspId: 'OrganizerMSP', node: nameOf(0), reason: 'lying', code }]);
    });

  it('goes on without one that is silent, and fails naming two', async () => {
    expect((await ask({ 3: never })).answers).to.have.length(3);
    const error = await ask({ 2: never, 3: never }).catch((thrown: unknown) => thrown);
    expect(error).to.deep.include({ code: 'NODES_TOO_FEW' });
    expect(error)
      .to.have.property('failures')
      .that.deep.includes({ mspId: 'VenueMSP', node: nameOf(2), reason: 'silent' });
  });

  it('fails before the time, with each node’s no', async () => {
    clock.ms -= 1_000;
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'NODES_TOO_FEW');
    const { failures } = error as { failures: readonly { reason: string; code?: string }[] };
    expect(new Set(failures.map(({ reason, code }) => `${reason} ${code}`))).to.deep.equal(
      new Set(['refused NOTHING_DUE']),
    );
  });

  it('asks no node that nobody has pinned', async () => {
    const strangers = clients().map((client) => ({ ...client, node: 'stranger' }));
    expect(await codeOf(askClosings(strangers, market.of(), asking()))).to.equal('NODES_TOO_FEW');
  });

  it('asks only those who have a share, where it is told', async () => {
    market.holdKey([1, 2, 4]);
    const { answers } = await askClosings(clients(), market.of(), { ...asking(), holders: [1, 2, 4] });
    expectAccepted(submitStep(market, { kind: 'market.close', ...market.of(), statements: answers }, { now: CLOSES }));
    const few = { ...asking(), holders: [1, 2] };
    expect(await codeOf(askClosings(clients(), market.of(), few))).to.equal('NODES_TOO_FEW');
  });

  it('gives what there is where they are too few, for an abort that names the others', async () => {
    const { answers, failures } = await allClosings(clients({ 1: never, 2: never }), market.of(), asking());
    expect(answers).to.have.length(2);
    expect(failures.map(({ node, reason }) => [node, reason])).to.deep.equal([
      [nameOf(1), 'silent'],
      [nameOf(2), 'silent'],
    ]);
  });
});
