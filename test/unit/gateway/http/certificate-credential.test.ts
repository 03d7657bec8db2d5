import { expect } from 'chai';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';
import type { Credentials, Enrolment } from '../../../../gateway/certificate/credentials.js';
import { holds, verifyCertificate } from '../../../../gateway/certificate/verify.js';
import { anEnrolment, aRelease } from '../../../support/committee.js';
import { CONSORTIUM, keyOnly, newKey, signStatement, type TestKey } from '../../../support/statements.js';
import { aCredentialScene, type CredentialScene } from './a-credential-scene.js';
import { TICKET } from './a-resale.js';
import { aFan, EVENT, signTransfer } from './a-scene.js';
import { problemOf } from './problem-of.js';

const forged = (jws: string) => jws.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));

describe('certificate of a ticket whose holders are people', () => {
  let scene: CredentialScene;
  let genuine: Certificate;
  let credentials: Credentials;
  before(async () => {
    scene = await aCredentialScene();
    genuine = scene.certificate;
    credentials = genuine.credentials!;
  });
  after(() => scene.gateway.close());

  const stated = ({ statements: [first = ''] }: Enrolment) => decodeStatement('enrolment', first, '').payload;

  it('verifies in nine steps, and says whose word it is', () => {
    const steps = verifyCertificate(genuine);
    expect(steps.map(({ name }) => name)).to.deep.equal([
      ...['form', 'event', 'committee', 'enrolments', 'allotment', 'purchase request', 'sale', 'hands', 'holder'],
    ]);
    expect(holds(steps), JSON.stringify(steps.at(-1))).to.be.true;
    expect(steps[2]?.says).to.include('4 of the 4 nodes of epoch 1').and.include('of which 3 make it up');
    expect(steps[3]?.says).to.include('3 pseudonyms with 2 replaced keys');
    expect(steps.at(-1)?.says).to.include(`key ${scene.now.kid} speaks for it`);
    expect(holds(verifyCertificate(JSON.parse(JSON.stringify(genuine))))).to.be.true;
  });

  it('has the keys that signed for this ticket, and of former holders none of later', () => {
    const { ada, ben, cleo } = scene.fans;
    const keys = credentials.enrolments.map((each) => [stated(each).credential, stated(each).sequence]);
    expect(keys).to.deep.equal([
      ...[0, 1].map((sequence) => [ada.key.credential, sequence]),
      [ben.key.credential, 0],
      ...[0, 1].map((sequence) => [cleo.key.credential, sequence]),
    ]);
    expect(credentials.enrolments.map(({ release, activated }) => [!!release, !!activated])).to.deep.equal([
      ...[
        [false, false],
        [true, false],
        [false, false],
        [false, false],
        [false, true],
      ],
    ]);
  });

  it('names the transactions that appointed the committee and enrolled each', async () => {
    const { anybody } = scene.gateway;
    const kinds = async (tx = '') =>
      (await anybody.transaction(tx)).commands.map((command) => (command as { kind: string }).kind);
    expect(await kinds(credentials.committee.appointed?.tx)).to.deep.equal(['proposal.vote']);
    for (const { tx, activated } of credentials.enrolments) {
      expect(await kinds(tx)).to.deep.equal(['credential.enrol']);
      if (activated) expect(await kinds(activated.tx)).to.deep.equal(['credential.activate']);
    }
  });

  it('shows the committee of its epoch, which may be an earlier one', async () => {
    const { anybody } = scene.gateway;
    const { epoch, threshold, members } = await anybody.committee(1);
    const { appointed: _, ...shown } = credentials.committee;
    expect(shown).to.deep.equal({ epoch, threshold, members });
    expect((await problemOf(anybody.committee(2))).code).to.equal('NOT_FOUND');
  });

  const withCredentials = (change: Partial<Credentials>): Certificate => ({
    ...genuine,
    credentials: { ...credentials, ...change },
  });
  const withCommittee = (change: Partial<Credentials['committee']>) =>
    withCredentials({ committee: { ...credentials.committee, ...change } });
  const withReady = (change: (ready: readonly string[]) => string[]) =>
    withCredentials({ ready: change(credentials.ready) });
  const withEnrolment = (at: number, change: (enrolment: Enrolment) => Partial<Enrolment>) =>
    withCredentials({
      enrolments: credentials.enrolments.map((each, index) => (index === at ? { ...each, ...change(each) } : each)),
    });
  /** Statements of other nodes, or about something else, in place of those of the enrolment at this place. */
  const restated = (
    at: number,
    { by = scene.committee.nodes, key = '', sequence, event = EVENT }: Restated = {},
  ): Certificate =>
    withEnrolment(at, (enrolment) => {
      const { credential, ...before } = stated(enrolment);
      const holder: TestKey = { ...newKey(), kid: key || before.key, credential };
      const command = anEnrolment(scene.committee, event, holder, sequence ?? before.sequence, { by });
      return { statements: (command as unknown as { statements: string[] }).statements };
    });
  interface Restated {
    readonly by?: readonly TestKey[];
    readonly key?: string;
    readonly sequence?: number;
    readonly event?: string;
  }
  const strangers = ['one', 'two', 'three'].map((name) => newKey(name));
  const withHand = (at: number, change: (hand: Hand) => object): Certificate => ({
    ...genuine,
    evidence: {
      ...genuine.evidence,
      hands: genuine.evidence.hands.map((hand, index) => (index === at ? { ...hand, ...change(hand) } : hand)),
    },
  });
  const later = ({ block }: { readonly block: number }, by = 1_000) => ({ block: block + by });

  const FORGERIES: readonly (readonly [what: string, step: string, code: string, forge: () => unknown])[] = [
    ['calls itself version 2', 'form', 'UNKNOWN_FIELD', () => ({ ...genuine, version: 2 })],
    ['has members that nobody knows', 'form', 'UNKNOWN_FIELD', () => withCredentials({ seal: 'gold' } as object)],
    ['has no enrolments', 'form', 'INVALID_FIELD', () => withCredentials({ enrolments: [] })],
    ['has a committee of which two suffice', 'committee', 'INVALID_COMMITTEE', () => withCommittee({ threshold: 2 })],
    [
      'has a committee with one node less',
      'committee',
      'INVALID_COMMITTEE',
      () => withCommittee({ members: credentials.committee.members.slice(0, 3) }),
    ],
    [
      'counts a node twice',
      'committee',
      'INVALID_COMMITTEE',
      () =>
        withCommittee({ members: credentials.committee.members.map((each) => ({ ...each, node: 'n', mspId: 'A' })) }),
    ],
    [
      'has another key for a node',
      'committee',
      'UNKNOWN_KEY',
      () =>
        withCommittee({
          members: credentials.committee.members.map((each, at) => (at === 0 ? { ...each, jwk: newKey().jwk } : each)),
        }),
    ],
    [
      'has nodes in another order',
      'committee',
      'UNKNOWN_KEY',
      () => withCommittee({ members: credentials.committee.members.toReversed() }),
    ],
    [
      'is about another generation of the key',
      'committee',
      'STALE_GENERATION',
      () => withCredentials({ generation: 2 }),
    ],
    [
      'has the word of two nodes that hold the key',
      'committee',
      'STATEMENTS_TOO_FEW',
      () => withReady((all) => all.slice(0, 2)),
    ],
    [
      'has the word of one node three times',
      'committee',
      'STATEMENTS_TOO_FEW',
      () => withReady(([one = '']) => [one, one, one]),
    ],
    [
      'has the word of a node that did not sign it',
      'committee',
      'SIGNATURE_INVALID',
      () => withReady(([one = '', ...all]) => [forged(one), ...all]),
    ],
    [
      'has a word that is about another key',
      'committee',
      'WRONG_EVENT',
      () => withReady(([one = '', ...all]) => [reworded(one, { key: 'dedup' }), ...all]),
    ],
    [
      'has a word that is about another channel',
      'committee',
      'WRONG_CHANNEL',
      () => withReady(([one = '', ...all]) => [reworded(one, { channel: 'another' }), ...all]),
    ],
    [
      'has a word of another round',
      'committee',
      'WRONG_ROUND',
      () =>
        withReady(([one = '', ...all]) => [
          reworded(one, { message: { kind: 'commit', dealer: 1, digest: 'd'.repeat(43) } }),
          ...all,
        ]),
    ],
    [
      'has words about two keys',
      'committee',
      'GROUP_KEY_MISMATCH',
      () =>
        withReady(([one = '', ...all]) => {
          const { message } = decodeStatement('key-message', one, '').payload;
          return [reworded(one, { message: { ...message, groupKey: 'A'.repeat(44) } as never }), ...all];
        }),
    ],
    [
      'has an enrolment that a node did not sign',
      'enrolments',
      'SIGNATURE_INVALID',
      () => withEnrolment(0, ({ statements: [one = '', ...rest] }) => ({ statements: [forged(one), ...rest] })),
    ],
    [
      'has an enrolment by two nodes',
      'enrolments',
      'STATEMENTS_TOO_FEW',
      () => withEnrolment(0, ({ statements }) => ({ statements: statements.slice(1) })),
    ],
    [
      'has an enrolment by one node three times',
      'enrolments',
      'SIGNER_REPEATED',
      () => withEnrolment(0, ({ statements: [one = ''] }) => ({ statements: [one, one, one] })),
    ],
    ['has an enrolment by strangers', 'enrolments', 'UNKNOWN_KEY', () => restated(0, { by: strangers })],
    [
      'has an enrolment at another event',
      'enrolments',
      'WRONG_EVENT',
      () => restated(0, { event: 'OrganizerMSP:another' }),
    ],
    [
      'has an enrolment in which nodes differ',
      'enrolments',
      'STATEMENTS_DIFFER',
      () =>
        withEnrolment(0, ({ statements: [one = '', ...rest] }) => ({
          statements: [
            one,
            ...rest.map((each, at) => reenrolled(each, scene.committee.nodes[at + 1]!, { key: newKey().kid })),
          ],
        })),
    ],
    ['begins with a replacement', 'enrolments', 'STALE_SEQUENCE', () => restated(2, { sequence: 1 })],
    ['has a key before the one that it replaces', 'enrolments', 'STALE_SEQUENCE', () => restated(4, { sequence: 0 })],
    [
      'has a replacement without a release or a wait',
      'enrolments',
      'REPLACEMENT_MISMATCH',
      () => withEnrolment(1, () => ({ release: undefined })),
    ],
    [
      'has a release by another key',
      'enrolments',
      'KEY_NOT_VALID',
      () => withEnrolment(1, (each) => ({ release: releaseOf(each, newKey('thief')) })),
    ],
    [
      'has a release of another pseudonym',
      'enrolments',
      'REPLACEMENT_MISMATCH',
      () => withEnrolment(1, (each) => ({ release: releaseOf(each, scene.fans.ada.key, { subject: 'x'.repeat(43) }) })),
    ],
    [
      'has a release to another key',
      'enrolments',
      'REPLACEMENT_MISMATCH',
      () => withEnrolment(1, (each) => ({ release: releaseOf(each, scene.fans.ada.key, { key: newKey() }) })),
    ],
    [
      'has a release that was not signed',
      'enrolments',
      'SIGNATURE_INVALID',
      () => withEnrolment(1, ({ release = '' }) => ({ release: forged(release) })),
    ],
    [
      'has a wait that did not take place',
      'enrolments',
      'REPLACEMENT_MISMATCH',
      () => withEnrolment(4, ({ timestamp, activated }) => ({ activated: { ...activated!, timestamp } })),
    ],
    [
      'has a key from before the one that it replaces',
      'enrolments',
      'REPLACEMENT_MISMATCH',
      () => withEnrolment(1, () => ({ block: 0 })),
    ],
    [
      'leaves out the enrolment of its buyer',
      'purchase request',
      'UNKNOWN_CREDENTIAL',
      () => withCredentials({ enrolments: credentials.enrolments.slice(2) }),
    ],
    [
      'leaves all out that speaks for people',
      'committee',
      'CREDENTIAL_REQUIRED',
      () => ({ ...genuine, credentials: undefined }),
    ],
    [
      'is sold to a bare key by a seller who leaves people out, at an event that asks for them',
      'committee',
      'CREDENTIAL_REQUIRED',
      () => soldToAKey(genuine),
    ],
    ['has another key for who took it', 'hands', 'KEY_NOT_VALID', () => restated(2, { key: newKey().kid })],
    ['has somebody enrolled after he took it', 'hands', 'KEY_NOT_VALID', () => withEnrolment(2, (each) => later(each))],
    [
      'is bought by a key alone',
      'purchase request',
      'CREDENTIAL_REQUIRED',
      () => {
        const { sale } = genuine.evidence;
        const { credential: _, ...payload } = decodeStatement('purchase', sale.request, '').payload;
        const request = signStatement('purchase', payload, { ...scene.fans.ada.key, credential: '' });
        return { ...genuine, evidence: { ...genuine.evidence, sale: { ...sale, request } } };
      },
    ],
    [
      'is bought for somebody else’s pseudonym',
      'purchase request',
      'KEY_NOT_VALID',
      () => {
        const { sale } = genuine.evidence;
        const { payload } = decodeStatement('purchase', sale.request, '');
        const { credential } = scene.fans.ben.key;
        const request = signStatement('purchase', { ...payload, credential }, scene.fans.ada.key);
        return { ...genuine, evidence: { ...genuine.evidence, sale: { ...sale, request } } };
      },
    ],
    [
      'leaves out who had it in between',
      'hands',
      'UNKNOWN_CREDENTIAL',
      () => withCredentials({ enrolments: credentials.enrolments.filter((_, at) => at !== 2) }),
    ],
    [
      'has a transfer by a key that was replaced before',
      'hands',
      'KEY_NOT_VALID',
      () => withHand(0, () => signTransfer({ ticket: TICKET }, scene.fans.ada, scene.fans.ben)),
    ],
    [
      'has a transfer to somebody’s key in place of his pseudonym',
      'hands',
      'CREDENTIAL_REQUIRED',
      () => withHand(0, () => signTransfer({ ticket: TICKET }, scene.fans.adaAgain, aFan(keyOnly(scene.fans.ben.key)))),
    ],
    [
      'has a listing from after its resale',
      'hands',
      'LISTING_MISMATCH',
      () => withHand(1, (hand) => ({ listed: { ...(hand as { listed: object }).listed, ...later(hand) } })),
    ],
    [
      'names another holder',
      'holder',
      'NOT_THE_HOLDER',
      () => ({ ...genuine, state: { ...genuine.state, holder: scene.fans.ben.key.credential } }),
    ],
    [
      'names the holder’s key in place of his pseudonym',
      'holder',
      'NOT_THE_HOLDER',
      () => ({ ...genuine, state: { ...genuine.state, holder: scene.fans.cleo.key.kid } }),
    ],
  ];
  for (const [what, step, code, forge] of FORGERIES) {
    it(`is refused if it ${what}`, () => {
      const steps = verifyCertificate(JSON.parse(JSON.stringify(forge())));
      expect(holds(steps)).to.be.false;
      expect(steps.at(-1)).to.deep.include({ name: step, code, holds: false });
    });
  }

  it('counts a wait in whole seconds, as the ledger does', () => {
    const last = credentials.enrolments.length - 1;
    const waited = (from: string, to: string) =>
      holds(
        verifyCertificate(
          withEnrolment(last, ({ activated }) => ({ timestamp: from, activated: { ...activated!, timestamp: to } })),
        ),
      );
    expect(waited('2027-03-01T12:00:00.900Z', '2027-03-01T13:00:00.100Z')).to.be.true;
    expect(waited('2027-03-01T12:00:00.100Z', '2027-03-01T12:59:59.900Z')).to.be.false;
  });

  /** By the first node, as a node that says something else would have signed it. */
  function reworded(jws: string, change: object): string {
    const { payload } = decodeStatement('key-message', jws, '');
    return signStatement('key-message', { ...payload, ...change }, scene.committee.nodes[0]!);
  }

  /** Whole but for the people: the seller's real key signs for whoever asked it. */
  function soldToAKey({ credentials: _, evidence, keys, ...certificate }: Certificate): Certificate {
    const { credential: __, ...asked } = decodeStatement('purchase', evidence.sale.request, '').payload;
    const buyer = newKey('a bare key');
    const request = signStatement('purchase', asked, buyer);
    const { payload } = decodeStatement('sale', evidence.sale.sale, '');
    const seller = CONSORTIUM.keys[payload.seller]!.seller;
    const { digest } = decodeStatement('purchase', request, '');
    const sale = signStatement('sale', { ...payload, request: digest, buyer: buyer.kid }, seller);
    return {
      ...certificate,
      keys: { ...keys, seller: { ...keys.seller, jwk: seller.jwk, kid: seller.kid } },
      state: { ...certificate.state, holder: buyer.kid },
      evidence: { ...evidence, hands: [], sale: { ...evidence.sale, request, sale } },
    };
  }

  function reenrolled(jws: string, by: TestKey, change: object): string {
    return signStatement('enrolment', { ...decodeStatement('enrolment', jws, '').payload, ...change }, by);
  }

  function releaseOf(enrolment: Enrolment, by: TestKey, change: Partial<Parameters<typeof aRelease>[0]> = {}): string {
    const { credential, key, sequence } = stated(enrolment);
    const replacement = { event: EVENT, subject: credential, key: { ...newKey(), kid: key }, sequence };
    return aRelease({ ...replacement, ...change }, by);
  }
});
