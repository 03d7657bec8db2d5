import { expect } from 'chai';
import { ClientError } from '../../../committee/client/index.js';
import { expiryOfHandles } from '../../../committee/attestor/index.js';
import { decodeMessage, type EventHandlesRequest, type Opening } from '../../../committee/messages/index.js';
import {
  credentialFor,
  enrol,
  eventHandlesRequest,
  prepareHandles,
  replaceMasterKey,
  type WalletServices,
} from '../../../committee/wallet/index.js';
import { codeOf } from '../../support/code-of.js';
import { withLetter } from '../../support/curve.js';
import { newKey } from '../../support/keys.js';
import { processorTime } from '../../support/processor-time.js';
import { CHANNEL } from '../../support/statements.js';
import { offBy, signAs } from './wallet/a-node.js';
import { ALICE, BOB, OPENING, OUTSIDE, World } from './wallet/a-world.js';

describe('attestor', () => {
  let world: World;
  let wallet: WalletServices;
  let request: EventHandlesRequest;
  before(async () => {
    world = new World();
    wallet = await world.wallet();
    await world.attested(wallet);
    await enrol(wallet);
    request = eventHandlesRequest(OUTSIDE, wallet);
  });
  const code = (change: Partial<EventHandlesRequest>, identity = ALICE) =>
    codeOf(world.attestor().signEventHandles(identity, { ...request, ...change }));

  it('signs handles that refer neither to each other nor to a person, and end with a month', async () => {
    const handles = await world.attestor().signEventHandles(ALICE, request);
    const payloads = handles.map((handle) => decodeMessage('handle', handle, 'handle').payload);
    expect(payloads.map(({ blinded }) => blinded)).to.deep.equal(request.openings.map(({ blinded }) => blinded));
    for (const { kind, attestor, exp } of payloads) {
      expect([kind, attestor]).to.deep.equal(['event', 'OutsideMSP']);
      expect(new Date(exp * 1000).toISOString()).to.equal('2028-03-01T00:00:00.000Z');
    }
    expect(new Set(payloads.map(({ jti }) => jti)).size).to.equal(payloads.length);
  });

  it('signs within a year and never for longer', () => {
    const year = (from: string) => new Date(expiryOfHandles(Date.parse(from)) * 1000).toISOString().slice(0, 10);
    expect(year('2027-01-01T00:00:00Z')).to.equal('2028-01-01');
    expect(year('2027-12-31T23:59:59Z')).to.equal('2028-12-01');
  });

  const wrong: readonly (readonly [string, string, (opening: Opening) => Partial<Opening>])[] = [
    ['B', 'BLINDING_PROOF_INVALID', ({ blinded }) => ({ blinded: offBy(blinded) })],
    ['R', 'BLINDING_PROOF_INVALID', ({ blindingKey }) => ({ blindingKey: offBy(blindingKey) })],
    ['B that is no point', 'POINT_INVALID', () => ({ blinded: 'A'.repeat(44) })],
    ['com', 'COMMITMENT_MISMATCH', ({ commitment }) => ({ commitment: withLetter(commitment, 5) })],
    ['the salt', 'COMMITMENT_MISMATCH', ({ salt }) => ({ salt: withLetter(salt, 5) })],
    ['the proof', 'BLINDING_PROOF_INVALID', ({ proof }) => ({ proof: withLetter(proof, 60) })],
  ];
  for (const [what, expected, change] of wrong) {
    it(`signs none where one has another ${what}`, async () => {
      const [first, ...rest] = request.openings;
      expect(await code({ openings: [...rest, { ...first!, ...change(first!) }] })).to.equal(expected);
      expect(await code({ master: { ...request.master, ...change(request.master) } })).to.be.oneOf([
        expected,
        // B and R are in the receipts.
        'RECEIPT_INVALID',
      ]);
    });
  }

  it("signs nothing for another document, or another person's handle in between", async () => {
    expect(await code({}, BOB)).to.equal('COMMITMENT_MISMATCH');
    const { opening } = await prepareHandles({ identity: BOB, desk: OUTSIDE }, await world.wallet(), 0);
    expect(await code({ openings: [...request.openings, opening] })).to.equal('COMMITMENT_MISMATCH');
    expect(await code({ openings: [...request.openings, request.openings[0]!] })).to.equal('HANDLE_REPEATED');
  });

  it('signs handles for events only with receipts of t nodes', async () => {
    const [one, two, three] = request.receipts as [string, string, string];
    expect(await code({ receipts: [one, two] })).to.equal('RECEIPTS_TOO_FEW');
    expect(await code({ receipts: [one, two, two] })).to.equal('RECEIPTS_TOO_FEW');
    expect(await code({ receipts: [one, two, withLetter(three, three.length - 20)] })).to.equal('RECEIPT_INVALID');
    const { payload } = decodeMessage('receipt', one, 'receipt');
    for (const [key, change] of [
      [newKey('stranger'), {}],
      [newKey('node 4'), { channel: 'other' }],
      [newKey('node 4'), { exp: 1 }],
      [newKey('node 4'), { blinded: request.openings[0]!.blinded }],
    ] as const)
      expect(await code({ receipts: [two, three, signAs('receipt', { ...payload, ...change }, key)] })).to.equal(
        'RECEIPT_INVALID',
      );
    expect(payload.channel).to.equal(CHANNEL);
  });

  it('signs the same again, with nothing of before in it: what it has signed it does not know', async () => {
    const attestor = world.attestor();
    const signed = async () => {
      const handles = await attestor.signEventHandles(ALICE, request);
      return handles.map((handle) => decodeMessage('handle', handle, 'handle').payload);
    };
    const [first, second] = [await signed(), await signed()];
    const withoutIds = (payloads: typeof first) => payloads.map(({ jti: _, ...rest }) => rest);
    expect(withoutIds(second)).to.deep.equal(withoutIds(first));
    expect(new Set([...first, ...second].map(({ jti }) => jti)).size).to.equal(2 * first.length);
  });

  it('signs 64 handles in the time that a counter has', async () => {
    const other = await world.wallet();
    await world.attested(other, ALICE, 'Org1MSP', 64);
    await other.store.update((state) => ({ ...state, receipts: request.receipts }));
    const { openings } = eventHandlesRequest('Org1MSP', other);
    const takenMs = processorTime();
    const handles = await world.attestor().signEventHandles(ALICE, { ...request, openings });
    expect(handles).to.have.length(64);
    expect(takenMs()).to.be.below(4_000);
  });

  it('has them signed at once, so that a durable log costs one write', async () => {
    let asked = 0;
    let signing: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (signing = resolve));
    const attestor = world.attestor('OutsideMSP', async () => {
      if (++asked === request.openings.length) signing();
      await all;
    });
    expect(await attestor.signEventHandles(ALICE, request)).to.have.length(request.openings.length);
    expect(request.openings.length).to.be.above(1);
  });

  it('gives none out where one is not signed', async () => {
    let asked = 0;
    const attestor = world.attestor('OutsideMSP', () =>
      ++asked === 2 ? Promise.reject(new ClientError('HANDLE_REPEATED', { field: 'x' })) : Promise.resolve(),
    );
    expect(await codeOf(attestor.signEventHandles(ALICE, request))).to.equal('HANDLE_REPEATED');
  });

  it('approves no replacement but that of the person before it, by the new key', async () => {
    const lost = await world.wallet();
    await world.attested(lost);
    let seen: Parameters<World['approvals']>[1] | undefined;
    await replaceMasterKey(lost, {
      approve: (asked) => world.approvals(ALICE, (seen = asked), ['Org1MSP', 'Org2MSP']),
    });
    const approval = (change: Partial<NonNullable<typeof seen>>) =>
      codeOf(world.approvals(ALICE, { ...seen!, ...change }, ['Org1MSP']));
    expect(await approval({})).to.equal('accepted');
    expect(await approval({ sequence: 2 })).to.equal('POSSESSION_INVALID');
    expect(await approval({ key: newKey('thief').jwk })).to.equal('POSSESSION_INVALID');
    expect(await approval({ event: OPENING })).to.equal('POSSESSION_INVALID');
    const { shown } = seen!;
    expect(await approval({ shown: { ...shown, unblinded: offBy(shown.unblinded) } })).to.equal(
      'UNBLINDING_PROOF_INVALID',
    );
    expect(await approval({ shown: { ...shown, evaluations: shown.evaluations.slice(1) } })).to.equal(
      'EVALUATIONS_TOO_FEW',
    );
    expect(await codeOf(credentialFor(OPENING, lost))).to.equal('HANDLES_EXHAUSTED');
  });
});
