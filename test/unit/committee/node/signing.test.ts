/** What a wallet shows before a node signs: everything right is signed, and every part of it changed is refused. */
import { expect } from 'chai';
import { add, decodePoint, encodePoint, GENERATOR, negate } from '../../../../chaincode/crypto/point.js';
import { personKey } from '../../../../chaincode/domain/committee-keys.js';
import { signCredential } from '../../../../committee/node/credentials.js';
import { signPerson } from '../../../../committee/node/persons.js';
import { thumbprintOf } from '../../../../chaincode/crypto/jwk.js';
import { CHANNEL, newKey, SCHEDULE } from '../../../support/statements.js';
import { withLetter } from '../../../support/curve.js';
import { CLOSING, NodeScene, OPENING, refusalOf } from './a-scene.js';
import { aPossession, digestOfHandle, payloadOf, type Asking, type SignatureRequest } from './asking.js';

const { event } = OPENING;
const ORDER = '_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE';
type Change = (request: SignatureRequest, scene: NodeScene) => Partial<SignatureRequest>;

const shifted = (point: string): string => encodePoint(add(decodePoint(point, 'point'), GENERATOR)!);
const mirrored = (point: string): string => encodePoint(negate(decodePoint(point, 'point')));
/** The x of no point; the identity's one byte and zeros; the uncompressed form's first byte. */
const NO_POINTS = [`A${'_'.repeat(43)}`, 'A'.repeat(44), `B${'A'.repeat(43)}`];
const second = <T>(list: readonly T[], change: (one: T) => T): T[] =>
  list.map((one, at) => (at === 1 ? change(one) : one));

const CHANGES: readonly (readonly [string, string, Change])[] = [
  ['N', 'UNBLINDING_PROOF_INVALID proof', ({ unblinded }) => ({ unblinded: shifted(unblinded) })],
  ['N mirrored', 'UNBLINDING_PROOF_INVALID proof', ({ unblinded }) => ({ unblinded: mirrored(unblinded) })],
  ['W for N', 'UNBLINDING_PROOF_INVALID proof', ({ combined }) => ({ unblinded: combined })],
  ['W', 'COMBINATION_MISMATCH combined', ({ combined }) => ({ combined: shifted(combined) })],
  ['W mirrored', 'COMBINATION_MISMATCH combined', ({ combined }) => ({ combined: mirrored(combined) })],
  ['the proof’s challenge', 'UNBLINDING_PROOF_INVALID proof', ({ proof }) => ({ proof: withLetter(proof, 10) })],
  ['the proof’s response', 'UNBLINDING_PROOF_INVALID proof', ({ proof }) => ({ proof: withLetter(proof, 60) })],
  [
    'a proof beyond the order',
    'SCALAR_INVALID proof',
    ({ proof }) => ({
      proof: Buffer.concat([Buffer.from(ORDER, 'base64url'), Buffer.from(proof, 'base64url').subarray(32)]).toString(
        'base64url',
      ),
    }),
  ],
  ['a proof with unused bits', 'PROOF_INVALID proof', ({ proof }) => ({ proof: `${proof.slice(0, -1)}_` })],
  [
    'an evaluation’s element',
    'EVALUATION_INVALID evaluations[1]',
    ({ evaluations }) => ({ evaluations: second(evaluations, (one) => ({ ...one, element: shifted(one.element) })) }),
  ],
  [
    'an evaluation’s index',
    'EVALUATION_INVALID evaluations[1]',
    ({ evaluations }) => ({ evaluations: second(evaluations, (one) => ({ ...one, index: 4 })) }),
  ],
  [
    'an evaluation’s index to one that nobody has',
    'EVALUATION_INVALID evaluations[1]',
    ({ evaluations }) => ({ evaluations: second(evaluations, (one) => ({ ...one, index: 200 })) }),
  ],
  [
    'an evaluation’s proof',
    'EVALUATION_INVALID evaluations[1]',
    ({ evaluations }) => ({
      evaluations: second(evaluations, (one) => ({ ...one, proof: withLetter(one.proof, 50) })),
    }),
  ],
  [
    'an evaluation’s proof beyond the order',
    'SCALAR_INVALID evaluations[1].proof',
    ({ evaluations }) => ({ evaluations: second(evaluations, (one) => ({ ...one, proof: '_'.repeat(85) + 'w' })) }),
  ],
  ...NO_POINTS.flatMap((none): (typeof CHANGES)[number][] => [
    [`N as ${none.slice(0, 3)}…`, 'POINT_INVALID unblinded', () => ({ unblinded: none })],
    [`W as ${none.slice(0, 3)}…`, 'POINT_INVALID combined', () => ({ combined: none })],
    [
      `an evaluation as ${none.slice(0, 3)}…`,
      'POINT_INVALID evaluations[1].element',
      ({ evaluations }) => ({ evaluations: second(evaluations, (one) => ({ ...one, element: none })) }),
    ],
  ]),
  ['one evaluation less', 'EVALUATIONS_TOO_FEW evaluations', (of) => ({ evaluations: of.evaluations.slice(1) })],
  [
    'one evaluation more',
    'EVALUATIONS_TOO_FEW evaluations',
    ({ evaluations }) => ({ evaluations: [...evaluations, evaluations[0]!] }),
  ],
  [
    'an evaluation twice',
    'INDEX_INVALID evaluations',
    ({ evaluations: [one, two] }) => ({ evaluations: [one!, two!, two!] }),
  ],
  [
    'the handle by another of the same person',
    'HANDLE_MISMATCH possession.handle',
    ({ event: at }, scene) => ({ handle: scene.handle(at === undefined ? {} : { event: at }) }),
  ],
  [
    'the possession’s signature',
    'SIGNATURE_INVALID possession',
    ({ possession }) => ({ possession: withLetter(possession, possession.length - 20) }),
  ],
  ['the possession by nothing', 'MALFORMED_STATEMENT possession', () => ({ possession: 'a.b.c' })],
];

/** Where it is the same request, told wrongly by who asks. */
const ASKINGS: readonly (readonly [string, string, Asking])[] = [
  ['another holder', 'UNBLINDING_PROOF_INVALID proof', { scope: { holder: newKey('thief').kid } }],
  ['another sequence', 'UNBLINDING_PROOF_INVALID proof', { scope: { sequence: 1 } }],
  ['another commitment', 'UNBLINDING_PROOF_INVALID proof', { scope: { commitment: 'A'.repeat(43) } }],
  ['another event', 'UNBLINDING_PROOF_INVALID proof', { scope: { event: CLOSING.event } }],
  ['another channel', 'UNBLINDING_PROOF_INVALID proof', { scope: { channel: 'other' } }],
  ['another epoch', 'UNBLINDING_PROOF_INVALID proof', { scope: { epoch: 2 } }],
  ['another key', 'UNBLINDING_PROOF_INVALID proof', { scope: { keyId: 'dedup/2' } }],
  ['evaluations of another key', 'EVALUATION_INVALID evaluations[0]', { owner: CLOSING.event }],
  ['a possession of another sequence', 'UNBLINDING_PROOF_INVALID proof', { possession: { sequence: 1 } }],
  ['a possession of another channel', 'WRONG_CHANNEL possession.channel', { possession: { channel: 'other' } }],
  ['a possession of another event', 'WRONG_EVENT possession.event', { possession: { event: CLOSING.event } }],
  ['a possession of another handle', 'HANDLE_MISMATCH possession.handle', { possession: { handle: 'A'.repeat(43) } }],
  ['a possession that is over', 'STATEMENT_EXPIRED possession.exp', { possession: { exp: 1_800_000_000 - 1 } }],
  ['a possession that lasts', 'INVALID_FIELD possession.exp', { possession: { exp: 4_102_444_800 } }],
  ['a possession that lasts an hour', 'accepted', { possession: { exp: 1_800_000_000 + 3_600 } }],
  ['a possession to the minute', 'INVALID_FIELD possession.exp', { possession: { exp: 1_800_000_000 + 660 } }],
  ['a possession to the second', 'INVALID_FIELD possession.exp', { possession: { exp: 1_800_000_000 + 1_201 } }],
  ['a possession with more in it', 'UNKNOWN_FIELD possession.name', { possession: { name: 'Alice' } as object }],
  ['evaluations of any t', 'accepted', { indexes: [4, 2, 1] }],
];

describe('what a wallet shows to have signed', () => {
  let scene: NodeScene;
  before(async () => {
    scene = await NodeScene.open();
    // Of the possession's expiries above one is just over.
    scene.clock.ms = 1_800_000_000_000;
  });
  after(() => scene.close());

  const sign = (request: SignatureRequest) =>
    request.event === undefined
      ? signPerson(request, scene.services)
      : signCredential({ ...request, event: request.event }, scene.services);

  for (const [subject, at] of [
    ['a person', undefined],
    ['a credential', event],
  ] as const) {
    const asked = (asking: Asking = {}) => ({ ...(at !== undefined && { event: at }), ...asking });

    describe(`of ${subject}`, () => {
      it('is signed as it is', async () => {
        expect(await refusalOf(sign(scene.request(asked())))).to.equal('accepted');
      });

      let request: SignatureRequest;
      before(() => {
        request = scene.request(asked());
      });
      for (const [what, refusal, change] of CHANGES)
        it(`is refused with ${what} changed`, async () => {
          expect(await refusalOf(sign({ ...request, ...change(request, scene) }))).to.equal(refusal);
        });

      for (const [what, refusal, asking] of ASKINGS)
        it(`is ${refusal === 'accepted' ? 'signed' : 'refused'} with ${what}`, async () => {
          expect(await refusalOf(sign(scene.request(asked(asking))))).to.equal(refusal);
        });

      it('is refused with another key put into the possession', async () => {
        const payload = payloadOf<'possession'>(request.possession);
        const [thief, holder] = [newKey(), newKey()];
        const by = (key: typeof thief, signer = key) => ({ ...request, possession: aPossession(key, payload, signer) });
        expect(await refusalOf(sign(by(thief)))).to.equal('UNBLINDING_PROOF_INVALID proof');
        expect(await refusalOf(sign(by(holder, thief)))).to.equal('SIGNATURE_INVALID possession');
        const nowhere = { ...thief, jwk: { ...thief.jwk, y: thief.jwk.x } };
        expect(await refusalOf(sign(by(nowhere, thief)))).to.equal('INVALID_FIELD possession.header.jwk');
      });

      it("is refused with a handle that the attestor signs again with another person's commitment", async () => {
        const { commitment } = payloadOf<'handle'>(scene.handle({ person: 'bob' }));
        const again = { ...payloadOf<'handle'>(request.handle), commitment };
        const handle = scene.handle(asked({ handle: again }));
        const holder = newKey();
        const payload = { ...payloadOf<'possession'>(request.possession), handle: digestOfHandle(handle) };
        const possession = aPossession(holder, payload);
        expect(await refusalOf(sign({ ...request, handle, possession }))).to.equal('UNBLINDING_PROOF_INVALID proof');
      });

      it('is refused where evaluations and N are another person’s', async () => {
        const { evaluations, combined, unblinded, proof } = scene.request(asked({ person: 'bob' }));
        expect(await refusalOf(sign({ ...request, unblinded, proof }))).to.equal('UNBLINDING_PROOF_INVALID proof');
        expect(await refusalOf(sign({ ...request, evaluations, combined, unblinded, proof }))).to.equal(
          'EVALUATION_INVALID evaluations[0]',
        );
      });
    });
  }

  it('of an event is not signed for another', async () => {
    const request = scene.request({ event });
    expect(await refusalOf(sign({ ...request, event: CLOSING.event }))).to.equal('WRONG_EVENT possession.event');
    // What was refused has bound nothing: the handle is still its owner's to use.
    expect(await refusalOf(sign({ ...request, event }))).to.equal('accepted');
    expect(await refusalOf(sign({ ...request, event: 'OrganizerMSP:nothing' }))).to.equal('UNKNOWN_EVENT event');
  });
});

describe('what a node signs', () => {
  let scene: NodeScene;
  before(async () => {
    scene = await NodeScene.open();
  });
  after(() => scene.close());

  it('is the person, the key and what the possession says, under the key’s epoch', async () => {
    const holder = newKey();
    const request = scene.request({ holder, sequence: 3 });
    const { jti, exp } = payloadOf<'possession'>(request.possession);
    const { statement, receipt } = await signPerson(request, scene.services);
    expect(payloadOf(statement)).to.deep.equal({
      ...{ channel: CHANNEL, jti, exp, epoch: 1 },
      ...{ person: scene.personId(), key: thumbprintOf(holder.jwk), sequence: 3 },
    });
    expect(receipt).to.equal(undefined);
  });

  it('is the same person for every handle and every t, and another for another', async () => {
    const personOf = async (asking: Asking) =>
      payloadOf<'person'>((await signPerson(scene.request(asking), scene.services)).statement).person;
    expect(await personOf({})).to.equal(await personOf({ indexes: [2, 3, 4] }));
    expect(await personOf({ person: 'bob' })).not.to.equal(await personOf({}));
  });

  it('is the credential, and a pass with the commitment that lasts until the day after the event', async () => {
    const holder = newKey();
    const request = scene.request({ event, holder });
    const { jti, exp } = payloadOf<'possession'>(request.possession);
    const { statement, gatePass } = await signCredential({ ...request, event }, scene.services);
    const credential = scene.credentialId(event);
    expect(payloadOf(statement)).to.deep.equal({
      ...{ channel: CHANNEL, event, jti, exp, credential },
      ...{ key: holder.kid, sequence: 0 },
    });
    const { commitment } = payloadOf<'handle'>(request.handle);
    expect(payloadOf(gatePass)).to.deep.equal({
      ...{ channel: CHANNEL, jti, event, credential, commitment },
      exp: Date.parse(SCHEDULE.endsAt) / 1000 + 24 * 3600,
    });
    expect(scene.credentialId(CLOSING.event)).not.to.equal(credential);
  });

  it('is a receipt of the element, not the person, once the ledger has the person under this very key', async () => {
    const register = (key: string) => scene.ledger.put(personKey(scene.personId()), { key, sequence: 0, epoch: 1 });
    const holder = newKey();
    const request = scene.request({ holder });
    register(newKey().kid);
    expect((await signPerson(request, scene.services)).receipt).to.equal(undefined);
    register(holder.kid);
    const { receipt = '' } = await signPerson(request, scene.services);
    const { blinded, blindingKey, exp } = payloadOf<'handle'>(request.handle);
    const { jti, ...rest } = payloadOf<'receipt'>(receipt);
    expect(rest).to.deep.equal({ channel: CHANNEL, exp, blinded, blindingKey });
    // The ledger has the possession's id: under it an attestor would find the pseudonym of who shows the receipt.
    expect(jti).not.to.equal(payloadOf<'possession'>(request.possession).jti);
  });
});
