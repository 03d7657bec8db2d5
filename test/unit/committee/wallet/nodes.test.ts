import { expect } from 'chai';
import {
  ClientError,
  httpNode,
  NodeRefusal,
  type NodeClient,
  type NodeFailure,
} from '../../../../committee/client/index.js';
import type { NodeOperation, NodeRequest } from '../../../../committee/messages/index.js';
import { credentialFor, enrol, type WalletServices } from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { withLetter } from '../../../support/curve.js';
import { newKey, signJws } from '../../../support/keys.js';
import { offBy, type Conduct } from './a-node.js';
import { ALICE, BOB, CLOSING, OPENING, World } from './a-world.js';

const failuresOf = async (work: Promise<unknown>): Promise<readonly NodeFailure[]> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ClientError) return error.failures;
    throw error;
  }
  return [];
};

/** Longer than an honest node takes on a busy machine. */
const SHORT_MS = 4_000;

describe('asking nodes', () => {
  const faults: readonly (readonly [Conduct, Partial<NodeFailure>])[] = [
    ['lies', { reason: 'lying', code: 'EVALUATION_INVALID' }],
    ['lies when signing', { reason: 'lying', code: 'STATEMENT_DIFFERS' }],
    ['has crashed', { reason: 'unreachable', code: 'TypeError' }],
    ['is silent', { reason: 'silent' }],
    ['talks nonsense', { reason: 'lying', code: 'KEY_MISMATCH' }],
  ];
  let shared: World;
  let known: WalletServices;
  before(async () => {
    shared = new World();
    known = await shared.wallet();
    await shared.enrolled(known);
  });
  for (const [conduct, failure] of faults) {
    it(`goes on where one of n - t ${conduct}, and names it where there are more`, async () => {
      const wallet = { ...known, timeoutMs: SHORT_MS };
      shared.nodes[1]!.conduct = conduct;
      await credentialFor(OPENING, wallet);
      shared.nodes[2]!.conduct = conduct;
      const failures = await failuresOf(credentialFor(CLOSING, wallet));
      for (const node of shared.nodes) node.conduct = 'honest';
      expect(failures).to.have.length(2);
      for (const [at, named] of [...failures].sort((a, b) => (a.node < b.node ? -1 : 1)).entries())
        expect(named).to.deep.equal({ mspId: `Org${at + 2}MSP`, node: `node-${at + 2}`, ...failure });
    });
  }

  it('waits for a slow node where it has to', async () => {
    const world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    world.nodes[0]!.conduct = 'is slow';
    world.nodes[1]!.conduct = 'lies';
    const { failures } = await credentialFor(OPENING, wallet);
    expect(failures.map(({ node }) => node)).to.deep.equal(['node-2']);
  });

  it("never asks a node of the attestor's organization", async () => {
    const world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet, ALICE, 'Org2MSP');
    await credentialFor(OPENING, wallet);
    expect(world.nodes.map(({ seen }) => seen.length > 0)).to.deep.equal([true, false, true, true]);
    // With one more silent there are too few left, and still it is not asked.
    world.nodes[0]!.conduct = 'is silent';
    expect(await codeOf(credentialFor(CLOSING, { ...wallet, timeoutMs: SHORT_MS }))).to.equal('NODES_TOO_FEW');
    expect(world.nodes[1]!.seen).to.have.length(0);
  });

  it("goes on with another attestor's handle where the first one's leaves too few nodes", async () => {
    const world = new World();
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet, ALICE, 'Org2MSP');
    expect(await world.enrolled(wallet, ALICE, 'Org1MSP')).to.equal(person);
    world.nodes[0]!.conduct = 'has crashed';
    await credentialFor(OPENING, { ...wallet, timeoutMs: SHORT_MS });
    const attestors = wallet.store.state.blinded.flatMap(({ event, signed }) => (event ? [signed!.attestor] : []));
    expect(attestors.sort()).to.deep.equal(['Org1MSP', 'Org2MSP']);
  });

  it('takes first the handle that the node which is down need not see, and spends no other', async () => {
    const world = new World();
    const wallet = await world.wallet();
    for (const attestor of ['Org2MSP', 'Org3MSP', 'Org1MSP']) await world.enrolled(wallet, ALICE, attestor);
    world.nodes[0]!.conduct = 'has crashed';
    await credentialFor(OPENING, { ...wallet, timeoutMs: SHORT_MS });
    const spent = wallet.store.state.blinded.flatMap(({ event, signed }) => (event ? [signed!.attestor] : []));
    expect(spent.sort()).to.deep.equal(['Org1MSP', 'Org2MSP']);
  });

  describe("with another attestor's handle left", () => {
    let world: World;
    let wallet: WalletServices;
    const spent = () => wallet.store.state.blinded.flatMap(({ event, signed }) => (event ? [signed!.attestor] : []));
    beforeEach(async () => {
      world = new World();
      wallet = { ...(await world.wallet()), timeoutMs: SHORT_MS };
      for (const attestor of ['Org2MSP', 'Org1MSP']) await world.enrolled(wallet, ALICE, attestor);
    });

    it('still names the node for which it went on', async () => {
      world.nodes[0]!.conduct = 'has crashed';
      const { failures } = await credentialFor(OPENING, wallet);
      expect(failures.map(({ node, reason }) => [node, reason])).to.deep.equal([['node-1', 'unreachable']]);
    });

    it('names all where no handle gets through', async () => {
      world.nodes[0]!.conduct = 'has crashed';
      world.nodes[1]!.conduct = 'has crashed';
      const failures = await failuresOf(credentialFor(OPENING, wallet));
      expect(failures.map(({ node }) => node)).to.deep.equal(['node-1', 'node-2']);
    });

    it('does not go on with it where a node said no', async () => {
      const [first, ...others] = world.nodes;
      const no = () => Promise.reject(new NodeRefusal('UNKNOWN_KEY'));
      const nodes: NodeClient[] = [{ mspId: first!.mspId, node: first!.node, ask: no }, ...others];
      expect(await codeOf(credentialFor(OPENING, { ...wallet, nodes }))).to.equal('NODES_TOO_FEW');
      expect(spent()).to.deep.equal(['Org2MSP']);
    });

    it('does not go on with it where a node lied', async () => {
      world.nodes[0]!.conduct = 'lies';
      expect(await codeOf(credentialFor(OPENING, wallet))).to.equal('NODES_TOO_FEW');
      expect(spent()).to.deep.equal(['Org2MSP']);
    });
  });

  describe('where all are needed', () => {
    let world: World;
    let wallet: WalletServices;
    beforeEach(async () => {
      world = new World();
      wallet = await world.wallet();
      await world.enrolled(wallet, ALICE, 'Org4MSP');
    });

    /** The first node fails so often, in this way, before it answers. */
    const after = (times: number, error: () => Error): WalletServices => {
      const [first, ...others] = world.nodes;
      let left = times;
      const ask: NodeClient['ask'] = (operation, request, signal) =>
        left-- > 0 ? Promise.reject(error()) : first!.ask(operation, request, signal);
      return { ...wallet, nodes: [{ mspId: first!.mspId, node: first!.node, ask }, ...others], timeoutMs: SHORT_MS };
    };
    const PASSING: Readonly<Record<string, () => Error>> = {
      'is starting again': () => new TypeError('fetch failed'),
      'is busy': () => new NodeRefusal('BUSY'),
      'has not seen the key on the ledger yet': () => new NodeRefusal('KEY_NOT_USABLE'),
    };
    for (const [what, error] of Object.entries(PASSING))
      it(`asks a node again that ${what}`, async () => {
        expect((await credentialFor(OPENING, after(2, error))).failures).to.deep.equal([]);
      });

    it('does not ask for ever, and names who it was and why', async () => {
      const expected = { mspId: 'Org1MSP', node: 'node-1', reason: 'unreachable', code: 'TypeError' };
      const failed = await failuresOf(
        credentialFor(
          OPENING,
          after(99, () => new TypeError('fetch failed')),
        ),
      );
      expect(failed).to.deep.equal([expected]);
    });

    it('takes a no for a no', async () => {
      const expected = { mspId: 'Org1MSP', node: 'node-1', reason: 'refused', code: 'ATTESTOR_LIMIT_REACHED' };
      const services = after(1, () => new NodeRefusal('ATTESTOR_LIMIT_REACHED'));
      expect(await failuresOf(credentialFor(OPENING, services))).to.deep.equal([expected]);
    });
  });

  it('asks only nodes that are pinned', async () => {
    const world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const stranger: NodeClient = { mspId: 'Org9MSP', node: 'node-9', ask: () => Promise.reject(new Error('asked')) };
    await credentialFor(OPENING, { ...wallet, nodes: [stranger, ...world.nodes] });
    expect(await codeOf(enrol({ ...wallet, pinned: [{ ...world.committee, epoch: 2 }] }))).to.equal(
      'COMMITTEE_NOT_PINNED',
    );
  });
});

describe('what a wallet shows', () => {
  type Shown = NodeRequest<'signCredential'>;
  let world: World;
  let wallet: WalletServices;
  before(async () => {
    world = new World();
    wallet = await world.wallet();
    await world.enrolled(wallet);
  });

  /** The codes by which nodes refuse what was changed on its way. */
  const codes = async (operation: NodeOperation, change: (shown: Shown) => Partial<Shown>): Promise<unknown[]> => {
    const nodes = world.nodes.map((node): NodeClient => ({
      mspId: node.mspId,
      node: node.node,
      ask: (asked, request, signal) =>
        node.ask(asked, asked === operation ? { ...request, ...change(request as Shown) } : request, signal),
    }));
    const failures = await failuresOf(credentialFor(OPENING, { ...wallet, nodes }));
    return [...new Set(failures.map(({ reason, code }) => `${reason} ${code ?? ''}`))];
  };
  const other = async (): Promise<Shown> => {
    const bob = await world.wallet();
    await world.enrolled(bob, BOB);
    await credentialFor(OPENING, bob);
    return world.nodes[0]!.seen.findLast(({ operation }) => operation === 'signCredential')!.request as Shown;
  };
  const possessionBy = (possession: string, change: object) => {
    const key = newKey();
    const payload = JSON.parse(Buffer.from(possession.split('.')[1]!, 'base64url').toString()) as object;
    return signJws({ alg: 'ES256', typ: 'guichet-possession+jwt', jwk: key.jwk }, { ...payload, ...change }, key);
  };

  const cases: readonly (readonly [string, string, (shown: Shown) => Partial<Shown>])[] = [
    ['N', 'UNBLINDING_PROOF_INVALID', ({ unblinded }) => ({ unblinded: offBy(unblinded) })],
    ['W', 'COMBINATION_MISMATCH', ({ combined }) => ({ combined: offBy(combined) })],
    [
      'an evaluation',
      'EVALUATION_INVALID',
      ({ evaluations: [one, ...rest] }) => ({ evaluations: [{ ...one!, element: offBy(one!.element) }, ...rest] }),
    ],
    ['one evaluation less', 'EVALUATIONS_TOO_FEW', ({ evaluations }) => ({ evaluations: evaluations.slice(1) })],
    ['an evaluation twice', 'INDEX_INVALID', ({ evaluations: [one, two] }) => ({ evaluations: [one!, two!, two!] })],
    ['the proof', 'UNBLINDING_PROOF_INVALID', ({ proof }) => ({ proof: withLetter(proof, 50) })],
    ['the event', 'WRONG_EVENT', () => ({ event: CLOSING })],
    ['the handle', 'SIGNATURE_INVALID', ({ handle }) => ({ handle: withLetter(handle, handle.length - 20) })],
    ['the holder key', 'UNBLINDING_PROOF_INVALID', ({ possession }) => ({ possession: possessionBy(possession, {}) })],
    [
      "the possession's event",
      'WRONG_EVENT',
      ({ possession }) => ({ possession: possessionBy(possession, { event: CLOSING }) }),
    ],
    [
      "the possession's handle",
      'HANDLE_MISMATCH',
      ({ possession }) => ({ possession: possessionBy(possession, { handle: 'A'.repeat(43) }) }),
    ],
    [
      "the possession's signature",
      'SIGNATURE_INVALID',
      ({ possession }) => ({ possession: withLetter(possession, possession.length - 20) }),
    ],
  ];
  for (const [what, code, change] of cases) {
    it(`is refused with ${what} changed`, async () => {
      expect(await codes('signCredential', change)).to.deep.equal([`refused ${code}`]);
    });
  }

  it("is refused with another person's handle, or its evaluations", async () => {
    const { handle, evaluations } = await other();
    expect(await codes('signCredential', () => ({ handle }))).to.deep.equal(['refused HANDLE_MISMATCH']);
    expect(await codes('signCredential', () => ({ evaluations }))).to.deep.equal(['refused EVALUATION_INVALID']);
  });

  it('is not answered for a handle of the other kind, or one that a stranger has signed', async () => {
    const { handle: master } = wallet.store.state.blinded[0]!.signed!;
    expect(await codes('evaluateCredential', () => ({ handle: master }))).to.deep.equal([
      'refused HANDLE_KIND_MISMATCH',
    ]);
    const [, payload] = master.split('.');
    const stranger = newKey();
    const header = { alg: 'ES256', typ: 'guichet-handle+jwt', kid: stranger.kid };
    const forged = signJws(header, JSON.parse(Buffer.from(payload!, 'base64url').toString()), stranger);
    expect(await codes('evaluateCredential', () => ({ handle: forged }))).to.deep.equal(['refused UNKNOWN_KEY']);
  });
});

describe('client of a node', () => {
  const ask = (ok: boolean, body: string | ReadableStream) => {
    const answer = new Response(body, { status: ok ? 200 : 403 });
    const fetch = () => Promise.resolve(answer);
    return httpNode({ mspId: 'Org1MSP', node: 'node-1', baseUrl: 'http://node', fetch }).ask(
      'evaluatePerson',
      { handle: 'a.b.c', proof: 'A'.repeat(87) },
      new AbortController().signal,
    );
  };
  const evaluated = { index: 1, element: 'A'.repeat(44), proof: 'A'.repeat(86), keyId: 'dedup/1', epoch: 1 };

  it('has the answer, and the code of a problem', async () => {
    expect(await ask(true, JSON.stringify(evaluated))).to.deep.equal(evaluated);
    expect(await codeOf(ask(false, JSON.stringify({ code: 'OWN_ATTESTOR', title: 'no' })))).to.equal('OWN_ATTESTOR');
  });

  it('hangs up on an answer without end', async () => {
    let [sentBytes, hungUp] = [0, false];
    const endless = new ReadableStream({
      pull(controller) {
        sentBytes += 1024;
        if (sentBytes > 1024 ** 2) controller.close();
        else controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
      cancel() {
        hungUp = true;
      },
    });
    const outcome = await ask(true, endless).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(RangeError);
    expect(hungUp).to.equal(true);
    expect(sentBytes).to.be.below(64 * 1024);
  });

  it('takes no other answer for one', async () => {
    for (const [ok, body] of [
      [true, '{}'],
      [true, 'x'],
      [false, '<html>'],
      [true, JSON.stringify({ ...evaluated, keyId: 'x'.repeat(64 * 1024) })],
    ] as const) {
      const outcome = await ask(ok, body).then(
        () => 'answered',
        () => 'thrown',
      );
      expect(outcome, body.slice(0, 20)).to.equal('thrown');
    }
  });
});
