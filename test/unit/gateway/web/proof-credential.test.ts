import { expect } from 'chai';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import type { Certificate } from '../../../../gateway/certificate/certificate.js';
import type { Credentials, Enrolment } from '../../../../gateway/certificate/credentials.js';
import type { CommitteeResource } from '../../../../gateway/client/resources.js';
import { verify, type Evidence } from '../../../../gateway/web/proof/verify.js';
import { anEnrolment, aRelease } from '../../../support/committee.js';
import { keyOnly, newKey, signStatement, type TestKey } from '../../../support/statements.js';
import { aCredentialScene, type CredentialScene } from '../http/a-credential-scene.js';
import { TICKET } from '../http/a-resale.js';
import { aFan, EVENT, signTransfer } from '../http/a-scene.js';

type Member = CommitteeResource['members'][number];
const forged = (jws: string) => jws.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));

/** The step that fails, or 'none'. */
const failing = async (evidence: Evidence) =>
  (await verify(evidence)).find(({ outcome }) => outcome === 'fails')?.title ?? 'none';

describe('check of a ticket whose holders are people in the browser', () => {
  let scene: CredentialScene;
  let genuine: Evidence & { readonly certificate: Certificate };
  let credentials: Credentials;
  let committee: CommitteeResource;
  before(async () => {
    scene = await aCredentialScene();
    const { certificate, shown } = scene;
    const { anybody } = scene.gateway;
    const { keys } = await anybody.organization('OrganizerMSP');
    credentials = certificate.credentials!;
    committee = await anybody.committee(credentials.committee.epoch);
    genuine = { certificate, shown, registry: { organizer: keys, seller: keys, committee } };
  });
  after(() => scene.gateway.close());

  const withCredentials = (change: Partial<Credentials>): Evidence => ({
    ...genuine,
    certificate: { ...genuine.certificate, credentials: { ...credentials, ...change } },
  });
  /** The ledger agrees, as it never would: what is wrong in itself must be found all the same. */
  const withCommittee = (change: Partial<Credentials['committee']>): Evidence => {
    const changed = { ...credentials.committee, ...change };
    return { ...withCredentials({ committee: changed }), registry: { ...genuine.registry, committee: changed } };
  };
  const withEnrolment = (at: number, change: (enrolment: Enrolment) => Partial<Enrolment>): Evidence =>
    withCredentials({
      enrolments: credentials.enrolments.map((each, index) => (index === at ? { ...each, ...change(each) } : each)),
    });
  const stated = ({ statements: [first = ''] }: Enrolment) => decodeStatement('enrolment', first, '').payload;
  const restated = (at: number, { by = scene.committee.nodes, key = '', sequence }: Restated = {}): Evidence =>
    withEnrolment(at, (enrolment) => {
      const { credential, ...before } = stated(enrolment);
      const holder: TestKey = { ...newKey(), kid: key || before.key, credential };
      const command = anEnrolment(scene.committee, EVENT, holder, sequence ?? before.sequence, { by });
      return { statements: (command as unknown as { statements: string[] }).statements };
    });
  interface Restated {
    readonly by?: readonly TestKey[];
    readonly key?: string;
    readonly sequence?: number;
  }
  const releaseBy = (by: TestKey, { key, sequence, credential }: ReturnType<typeof stated>, to = key): string =>
    aRelease({ event: EVENT, subject: credential, key: { ...newKey(), kid: to }, sequence }, by);
  const reworded = (jws: string, change: object): string =>
    signStatement(
      'key-message',
      { ...decodeStatement('key-message', jws, '').payload, ...change },
      scene.committee.nodes[0]!,
    );
  const withReady = (change: (first: string, rest: readonly string[]) => string[]): Evidence => {
    const [first = '', ...rest] = credentials.ready;
    return withCredentials({ ready: change(first, rest) });
  };
  const withTransfer = (from: 'ada' | 'adaAgain', to = scene.fans.ben): Evidence => {
    const { evidence } = genuine.certificate;
    const [first, ...rest] = evidence.hands;
    const given = signTransfer({ ticket: TICKET }, scene.fans[from], to);
    const hands = [{ ...first!, ...given } as typeof first & object, ...rest];
    return { ...genuine, certificate: { ...genuine.certificate, evidence: { ...evidence, hands } } };
  };

  it('finds that every step holds, and tells what it looked at', async () => {
    const steps = await verify(genuine);
    expect(steps.filter(({ outcome }) => outcome !== 'holds').map(({ title }) => title)).to.deep.equal([]);
    expect(steps).to.have.length(11);
    const says = (title: string) => steps.find((step) => step.title === title)!.findings.all.map(({ says }) => says);
    expect(says('Committee')).to.include('3 of its 4 nodes make up the key: more than half, and more than one');
    expect(says('Enrolments')).to.include.members([
      'the key before it released the pseudonym',
      'it has waited, so that the key before it could object',
    ]);
  });

  it('believes no nodes that the ledger does not have', async () => {
    expect(await failing({ ...genuine, registry: { ...genuine.registry, committee: undefined } })).to.equal(
      'Committee',
    );
    const members = committee.members.map((each, at) => (at === 0 ? { ...each, jwk: newKey().jwk } : each));
    const registry = { ...genuine.registry, committee: { ...committee, members } };
    expect(await failing({ ...genuine, registry })).to.equal('Committee');
    expect(await failing(withCommittee({ members }))).to.equal('Committee');
  });

  const FORGERIES: Readonly<Record<string, readonly [step: string, forge: () => Evidence]>> = {
    'a committee of which two suffice': ['Committee', () => withCommittee({ threshold: 2 })],
    'a committee of which more must sign than there are': ['Committee', () => withCommittee({ threshold: 5 })],
    'a key twice': [
      'Committee',
      () => {
        const [one, two, three, four] = committee.members as [Member, Member, Member, Member];
        const registry = { ...committee, members: [one, two, three, { ...four, jwk: one.jwk }] };
        const credible = withCredentials({ committee: registry, ready: credentials.ready.slice(0, 3) });
        return { ...credible, registry: { ...genuine.registry, committee: registry } };
      },
    ],
    'an organization with as many nodes as it takes': [
      'Committee',
      () => withCommittee({ members: committee.members.map((each) => ({ ...each, mspId: 'OneMSP' })) }),
    ],
    'nodes in another order': ['Committee', () => withCommittee({ members: committee.members.toReversed() })],
    'another generation': ['Committee', () => withCredentials({ generation: 2 })],
    'the word of two nodes': ['Committee', () => withReady((one, [two = '']) => [one, two])],
    'the word of one node three times': ['Committee', () => withReady((one) => [one, one, one])],
    'a word that was not signed': ['Committee', () => withReady((one, rest) => [forged(one), ...rest])],
    'a word about another key': [
      'Committee',
      () => withReady((one, rest) => [reworded(one, { key: 'dedup' }), ...rest]),
    ],
    'a word on another channel': [
      'Committee',
      () => withReady((one, rest) => [reworded(one, { channel: 'x' }), ...rest]),
    ],
    'a word of another round': [
      'Committee',
      () =>
        withReady((one, rest) => [
          reworded(one, { message: { kind: 'verdict', recipient: 1, complaints: [] } }),
          ...rest,
        ]),
    ],
    'words about two keys': [
      'Committee',
      () =>
        withReady((one, rest) => {
          const { message } = decodeStatement('key-message', one, '').payload;
          return [reworded(one, { message: { ...message, groupKey: 'A'.repeat(44) } }), ...rest];
        }),
    ],
    'an enrolment that was not signed': [
      'Enrolments',
      () => withEnrolment(0, ({ statements: [one = '', ...rest] }) => ({ statements: [forged(one), ...rest] })),
    ],
    'an enrolment by two nodes': [
      'Enrolments',
      () => withEnrolment(0, ({ statements }) => ({ statements: statements.slice(1) })),
    ],
    'an enrolment by one node three times': [
      'Enrolments',
      () => withEnrolment(0, ({ statements: [one = ''] }) => ({ statements: [one, one, one] })),
    ],
    'an enrolment by nobody': ['Enrolments', () => withEnrolment(0, () => ({ statements: [] }))],
    'an enrolment by strangers': [
      'Enrolments',
      () => restated(0, { by: ['one', 'two', 'three'].map((name) => newKey(name)) }),
    ],
    'an enrolment in which nodes differ': [
      'Enrolments',
      () =>
        withEnrolment(0, ({ statements: [one = '', ...rest] }) => {
          const { payload } = decodeStatement('enrolment', one, '');
          const other = signStatement('enrolment', { ...payload, key: newKey().kid }, scene.committee.nodes[0]!);
          return { statements: [other, ...rest] };
        }),
    ],
    'a first key that is a second': ['Enrolments', () => restated(2, { sequence: 1 })],
    'a second key that is a first': ['Enrolments', () => restated(4, { sequence: 0 })],
    'a replacement that nobody released': ['Enrolments', () => withEnrolment(1, () => ({ release: undefined }))],
    'a replacement that did not wait': [
      'Enrolments',
      () => withEnrolment(4, ({ timestamp, activated }) => ({ activated: { ...activated!, timestamp } })),
    ],
    'a replacement from before the key that it replaces': ['Enrolments', () => withEnrolment(1, () => ({ block: 0 }))],
    'a release by another key': [
      'Enrolments',
      () => withEnrolment(1, (each) => ({ release: releaseBy(newKey('thief'), stated(each)) })),
    ],
    'a release to another key': [
      'Enrolments',
      () => withEnrolment(1, (each) => ({ release: releaseBy(scene.fans.ada.key, stated(each), newKey().kid) })),
    ],
    'a release that was not signed': [
      'Enrolments',
      () => withEnrolment(1, ({ release = '' }) => ({ release: forged(release) })),
    ],
    'no word for the buyer': [
      'Purchase request',
      () => withCredentials({ enrolments: credentials.enrolments.slice(2) }),
    ],
    'no word for anybody, at an event that asks for people': [
      'Committee',
      () => ({ ...genuine, certificate: { ...genuine.certificate, credentials: undefined } }),
    ],
    'another key for who took it': ['Transfers and resales', () => restated(2, { key: newKey().kid })],
    'somebody enrolled after he took it': [
      'Transfers and resales',
      () => withEnrolment(2, ({ block }) => ({ block: block + 1_000 })),
    ],
    'a transfer by a key that was replaced': ['Transfers and resales', () => withTransfer('ada')],
    'a transfer to a key in place of a person': [
      'Transfers and resales',
      () => withTransfer('adaAgain', aFan(keyOnly(scene.fans.ben.key))),
    ],
    'the holder’s key as the holder': [
      'Current holder',
      () => ({
        ...genuine,
        certificate: { ...genuine.certificate, state: { ...genuine.certificate.state, holder: scene.now.kid } },
      }),
    ],
  };
  for (const [what, [step, forge]] of Object.entries(FORGERIES))
    it(`does not believe ${what}`, async () => {
      expect(await failing(forge())).to.equal(step);
    });

  it('counts a wait in whole seconds, as the ledger does', async () => {
    const last = credentials.enrolments.length - 1;
    const waited = (from: string, to: string) =>
      failing(
        withEnrolment(last, ({ activated }) => ({ timestamp: from, activated: { ...activated!, timestamp: to } })),
      );
    expect(await waited('2027-03-01T12:00:00.900Z', '2027-03-01T13:00:00.100Z')).to.equal('none');
    expect(await waited('2027-03-01T12:00:00.100Z', '2027-03-01T12:59:59.900Z')).to.equal('Enrolments');
  });

  it('reads whatever arrives instead of credentials', async () => {
    for (const wrong of [
      null,
      {},
      { ...credentials, ready: [7] },
      { ...credentials, committee: { ...credentials.committee, members: [{}] } },
      { ...credentials, enrolments: [{ statements: 'x' }] },
    ])
      expect(await failing({ ...genuine, certificate: { ...genuine.certificate, credentials: wrong } })).to.equal(
        'Certificate',
      );
  });
});
