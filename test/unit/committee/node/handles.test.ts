import { expect } from 'chai';
import { evaluateCredential, signCredential } from '../../../../committee/node/credentials.js';
import { evaluatePerson } from '../../../../committee/node/persons.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import { verifyEvaluation, decodeEvaluation } from '../../../../committee/crypto/oprf.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { DEDUP } from '../../../../chaincode/domain/committee-keys.js';
import { aKeyRegistration, anEventChange, newId, newKey } from '../../../support/statements.js';
import { secretNamed, withLetter } from '../../../support/curve.js';
import { organizationKey } from '../../../../chaincode/domain/keys.js';
import { CLOSING, NodeScene, OPENING, OWN, refusalOf } from './a-scene.js';
import { elementOf, THRESHOLD } from './a-shared-key.js';
import { ATTESTOR, digestOfHandle, proofOfAsking, type Asking } from './asking.js';

const { event } = OPENING;
const second = (text: string): number => Date.parse(text) / 1000;

describe('handles at a node', () => {
  let scene: NodeScene;
  beforeEach(async () => {
    scene = await NodeScene.open();
  });
  afterEach(() => scene.close());

  const evaluate = (asking: Asking = {}) =>
    refusalOf(evaluateCredential(scene.evaluation({ event, ...asking }), scene.services));

  /** One handle's owner, who asks for this event or that. */
  const asksFor = () => {
    const blinding = randomScalar();
    const handle = scene.handle({ event, blinding });
    return (each: string) =>
      refusalOf(
        evaluateCredential(
          { event: each, handle, proof: proofOfAsking(handle, { event: each, blinding }) },
          scene.services,
        ),
      );
  };

  it('are answered with the element under the share, which the proof shows', async () => {
    for (const owner of [DEDUP, event]) {
      const blinding = secretNamed(`blinding for ${owner}`);
      const asking = { blinding, ...(owner === event && { event }) };
      const answer = owner === event ? evaluateCredential : evaluatePerson;
      const { keyId, epoch, ...evaluation } = await answer(scene.evaluation(asking), scene.services);
      expect([keyId, epoch, evaluation.index]).to.deep.equal([`${owner}/1`, 1, 1]);
      const publicShares = new Map(scene.keys.get(owner)!.shares.map((share) => [share.index, share.publicShare]));
      const blinded = nodeSuite.multiply(blinding, elementOf('alice'))!;
      const key = { threshold: THRESHOLD, publicShares };
      expect(verifyEvaluation(nodeSuite, key, blinded, decodeEvaluation(evaluation))).to.equal(true);
    }
  });

  describe('are refused', () => {
    const handleCases: readonly (readonly [string, string, Asking])[] = [
      ['of another channel', 'WRONG_CHANNEL handle.channel', { handle: { channel: 'other' } }],
      ['that are over', 'STATEMENT_EXPIRED handle.exp', { handle: { exp: second('2027-03-01T00:00:00Z') } }],
      ['that end within a month', 'INVALID_FIELD handle.exp', { handle: { exp: second('2027-12-31T23:59:59Z') } }],
      [
        'that end more than a year away',
        'INVALID_FIELD handle.exp',
        { handle: { exp: second('2028-05-01T00:00:00Z') } },
      ],
      ['that end after the last day', 'INVALID_FIELD handle.exp', { handle: { exp: Number.MAX_SAFE_INTEGER } }],
      ['of the other kind', 'HANDLE_KIND_MISMATCH handle.kind', { handle: { kind: 'master' } }],
      ["of this organization's own attestor", 'OWN_ATTESTOR handle.attestor', { attestor: OWN }],
      ['of nobody', 'UNKNOWN_ORGANIZATION handle.attestor', { attestor: 'NobodyMSP' }],
      ['by a key that is not registered', 'UNKNOWN_KEY handle.header.kid', { by: newKey('a stranger') }],
      [
        "by another organization's attestor",
        'UNKNOWN_KEY handle.header.kid',
        { by: newKey('attestor of OrganizerMSP') },
      ],
      ['with B off the curve', 'POINT_INVALID handle.blinded', { handle: { blinded: `A${'_'.repeat(43)}` } }],
      ['with the identity for B', 'POINT_INVALID handle.blinded', { handle: { blinded: 'A'.repeat(44) } }],
      ['with R off the curve', 'POINT_INVALID handle.blindingKey', { handle: { blindingKey: `A${'_'.repeat(43)}` } }],
      ['with a B of another length', 'INVALID_FIELD handle.blinded', { handle: { blinded: 'A'.repeat(43) } }],
      ['with another commitment form', 'INVALID_FIELD handle.commitment', { handle: { commitment: 'short' } }],
      ['with more in it', 'UNKNOWN_FIELD handle.batch', { handle: { batch: 7 } as object }],
    ];
    for (const [what, refusal, asking] of handleCases)
      it(what, async () => {
        expect(await evaluate(asking)).to.equal(refusal);
      });

    it('by a key of another use', async () => {
      const seller = newKey('another seller');
      scene.ledger.accept(aKeyRegistration(seller, 'seller'), { caller: ATTESTOR });
      expect(await evaluate({ by: seller })).to.equal('UNKNOWN_KEY handle.header.kid');
    });

    it('by a key that was revoked', async () => {
      const { kid } = scene.attestors.get(ATTESTOR)!;
      scene.ledger.accept({ kind: 'keys.revoke', id: newId(), kid }, { caller: ATTESTOR });
      expect(await evaluate()).to.equal('KEY_NOT_VALID handle.header.kid');
    });

    it('by a key before its time and from its end on', async () => {
      const [early, late] = [newKey('early attestor'), newKey('late attestor')];
      const times = { notBefore: '2027-03-01T12:00:01Z', notAfter: '2027-03-01T12:00:02Z' };
      scene.ledger.accept(aKeyRegistration(early, 'attestor', times), { caller: ATTESTOR });
      expect(await evaluate({ by: early })).to.equal('KEY_NOT_VALID handle.header.kid');
      scene.clock.ms += 1_000;
      expect(await evaluate({ by: early })).to.equal('accepted');
      scene.clock.ms += 1_000;
      expect(await evaluate({ by: early })).to.equal('KEY_NOT_VALID handle.header.kid');
      expect(await evaluate({ by: late })).to.equal('UNKNOWN_KEY handle.header.kid');
    });

    it('of an organization that was suspended', async () => {
      const record = scene.ledger.read(organizationKey(ATTESTOR))!;
      scene.ledger.put(organizationKey(ATTESTOR), { ...record, status: 'suspended' });
      expect(await evaluate()).to.equal('ORGANIZATION_NOT_ACTIVE handle.attestor');
    });

    it('with any letter of header, payload or signature changed', async () => {
      const asked = scene.evaluation({ event });
      const { handle } = asked;
      const [header = '', payload = ''] = handle.split('.');
      const changed = [5, header.length + 40, header.length + payload.length + 30].map((at) => withLetter(handle, at));
      for (const each of changed) {
        const refusal = await refusalOf(evaluateCredential({ ...asked, handle: each }, scene.services));
        expect(refusal).to.match(/^(MALFORMED_STATEMENT|SIGNATURE_INVALID|INVALID_FIELD|UNKNOWN_FIELD)/);
      }
      expect(await refusalOf(evaluateCredential(asked, scene.services))).to.equal('accepted');
    });

    it('with nothing counted for them', async () => {
      const few = await NodeScene.open({ limits: { event: 1 } });
      const of = (asking: Asking) => refusalOf(evaluateCredential(few.evaluation({ event, ...asking }), few.services));
      for (const [what, refusal, asking] of handleCases) expect(await of(asking), what).to.equal(refusal);
      expect(await of({})).to.equal('accepted');
      await few.close();
    });
  });

  it('are for a person or for an event, and neither for the other', async () => {
    expect(await refusalOf(evaluatePerson(scene.evaluation({ event }), scene.services))).to.equal(
      'HANDLE_KIND_MISMATCH handle.kind',
    );
    expect(await refusalOf(evaluatePerson(scene.evaluation(), scene.services))).to.equal('accepted');
  });

  it('serve one event for good: the same again is fine, another one is not', async () => {
    const at = asksFor();
    expect(await at(event)).to.equal('accepted');
    expect(await at(CLOSING.event)).to.equal('HANDLE_ALREADY_BOUND handle');
    expect(await at(event)).to.equal('accepted');
  });

  it('serve one event however they are signed: it is the element that is bound', async () => {
    const blinding = secretNamed('used twice');
    expect(await evaluate({ blinding })).to.equal('accepted');
    expect(await evaluate({ blinding, event: CLOSING.event, attestor: 'OrganizerMSP' })).to.equal(
      'HANDLE_ALREADY_BOUND handle',
    );
  });

  it('go to one of two events that are asked for at once', async () => {
    const at = asksFor();
    const events = [event, CLOSING.event, event, CLOSING.event];
    const codes = await Promise.all(events.map((each) => at(each)));
    expect(codes.filter((code) => code === 'accepted')).to.have.length(2);
    expect(codes[0] === codes[2] && codes[1] === codes[3], codes.join()).to.equal(true);
    expect(codes).to.include('HANDLE_ALREADY_BOUND handle');
  });

  it("are limited by day and attestor's key, each kind for itself", async () => {
    const few = await NodeScene.open({ limits: { event: 2, master: 1 } });
    const of = (asking: Asking) => refusalOf(evaluateCredential(few.evaluation({ event, ...asking }), few.services));
    const person = () => refusalOf(evaluatePerson(few.evaluation(), few.services));
    const known = few.evaluation({ event });
    expect(await refusalOf(evaluateCredential(known, few.services))).to.equal('accepted');
    expect([await of({}), await of({})]).to.deep.equal(['accepted', 'ATTESTOR_LIMIT_REACHED handle']);
    expect(await refusalOf(evaluateCredential(known, few.services))).to.equal('accepted');
    expect([await person(), await person()]).to.deep.equal(['accepted', 'ATTESTOR_LIMIT_REACHED handle']);
    expect(await of({ attestor: 'OrganizerMSP' })).to.equal('accepted');
    few.clock.ms += 24 * 3_600_000;
    expect(await of({})).to.equal('accepted');
    await few.close();
  });

  describe('need who asks to know what is blinded in them', () => {
    const wrong = 'ASKING_PROOF_INVALID proof';
    const cases: readonly (readonly [string, string, Asking])[] = [
      ['for another event', wrong, { asked: { event: CLOSING.event } }],
      ['for the person', wrong, { asked: { event: undefined } }],
      ['for another handle', wrong, { asked: { handle: 'A'.repeat(43) } }],
      ['for another channel', wrong, { asked: { channel: 'other' } }],
      ["for another organization's node", wrong, { asked: { mspId: ATTESTOR } }],
      ['for another node of the organization', wrong, { asked: { node: 'committee1' } }],
      ['for this node, event and handle', 'accepted', {}],
    ];
    for (const [what, refusal, asking] of cases)
      it(`a proof ${what} is ${refusal}`, async () => {
        expect(await evaluate(asking)).to.equal(refusal);
      });

    it('a proof by somebody else, or none at all, is refused', async () => {
      const asked = scene.evaluation({ event });
      const withProof = (proof: string) => refusalOf(evaluateCredential({ ...asked, proof }, scene.services));
      expect(await withProof(proofOfAsking(asked.handle, { event }))).to.equal(wrong);
      expect(await withProof('A'.repeat(86))).to.equal('PROOF_INVALID proof');
      expect(await withProof('A'.repeat(87))).to.match(/^(POINT|PROOF)_INVALID proof$/);
    });

    it("a node that was asked can't take the handle to another event, nor by asking for a signature", async () => {
      const blinding = randomScalar();
      const request = scene.request({ event, blinding });
      const { handle } = request;
      const seen = { event, handle, proof: proofOfAsking(handle, { event, blinding, asked: { node: 'committee1' } }) };
      const elsewhere = { event: CLOSING.event };
      expect(await refusalOf(evaluateCredential({ ...seen, ...elsewhere }, scene.services))).to.equal(wrong);
      const { possession } = scene.request({ ...elsewhere, possession: { handle: digestOfHandle(handle) } });
      const stolen = { ...request, ...elsewhere, possession };
      expect(await refusalOf(signCredential(stolen, scene.services))).to.match(/^EVALUATION_INVALID/);
      const own = { event, handle, proof: proofOfAsking(handle, { event, blinding }) };
      expect(await refusalOf(evaluateCredential(own, scene.services))).to.equal('accepted');
    });
  });

  it('of an event that is not there are refused, and stay free for another', async () => {
    const nothing = 'OrganizerMSP:nothing';
    const at = asksFor();
    expect(await at(nothing)).to.equal('UNKNOWN_EVENT event');
    expect(await at(event)).to.equal('accepted');
  });

  it('serve a cancelled event for as long as its key lasts: holders with a lost phone get their money back', async () => {
    scene.ledger.accept(anEventChange(OPENING));
    expect(await evaluate()).to.equal('accepted');
  });
});
