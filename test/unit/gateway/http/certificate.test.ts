import { expect } from 'chai';
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';
import { holds, verifyCertificate } from '../../../../gateway/certificate/verify.js';
import { newKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newAllotment, signTransfer } from './a-scene.js';
import { problemOf } from './problem-of.js';
import { asVersion1 } from './version-1.js';

const TICKET = `${EVENT}:floor:A:1`;

/** The same statement with another payload and the old signature. */
function rewritten(jws: string, change: object): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  return `${header}.${Buffer.from(JSON.stringify({ ...before, ...change })).toString('base64url')}.${signature}`;
}

type Transferred = Extract<Hand, { kind: 'transfer' }>;

describe('ticket certificate', () => {
  let gateway: TestGateway;
  let genuine: Certificate;
  let other: Certificate;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    const [first, second, third] = [aFan(), aFan(), aFan()];
    await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1', 'floor:A:2'] }) });
    const given = signTransfer({ ticket: TICKET }, first, second);
    await gateway.anybody.transfer(given.transfer, given.acceptance);
    genuine = await gateway.anybody.certificate(TICKET);
    await gateway.operator.createAllotment(
      EVENT,
      newAllotment({ allotment: 'pool', pool: { section: 'standing', from: 1, to: 9 } }),
    );
    await gateway.operator.sell({ request: third.request({ seats: ['floor:B:1'] }) });
    const again = signTransfer({ ticket: `${EVENT}:floor:B:1` }, third, second);
    await gateway.anybody.transfer(again.transfer, again.acceptance);
    other = await gateway.anybody.certificate(`${EVENT}:floor:B:1`);
  });
  after(() => gateway.close());

  it('verifies in nine steps, each saying what holds', () => {
    const steps = verifyCertificate(genuine);
    expect(steps.map(({ name }) => name)).to.deep.equal([
      'form',
      'event',
      'committee',
      'enrolments',
      'allotment',
      'purchase request',
      'sale',
      'hands',
      'holder',
    ]);
    expect(holds(steps)).to.be.true;
    expect(steps[1]?.says).to.include('Opening night');
    for (const step of steps.slice(2, 4)) expect(step.says).to.include('holders are keys here');
  });

  it('of version 1, from before there were resales, still verifies', () => {
    const earlier = asVersion1(genuine);
    expect(holds(verifyCertificate(earlier))).to.be.true;
    const { transfers, ...evidence } = earlier.evidence;
    expect(transfers).to.have.length(1);
    const untold = verifyCertificate({ ...earlier, evidence: { ...evidence, transfers: [] } });
    expect(untold.at(-1)).to.include({ name: 'holder', code: 'NOT_THE_HOLDER' });
    expect(verifyCertificate({ ...earlier, evidence }).at(-1)).to.include({ name: 'form', code: 'INVALID_FIELD' });
  });

  it('of version 2, from before holders could be people, still verifies', () => {
    expect(holds(verifyCertificate({ ...genuine, version: 2 }))).to.be.true;
  });

  it('survives JSON', () => {
    expect(holds(verifyCertificate(JSON.parse(JSON.stringify(genuine))))).to.be.true;
  });

  it('names the transaction and block of each statement', async () => {
    const { event, allotment, sale, hands } = genuine.evidence;
    for (const { tx, block } of [event, allotment, sale, ...hands]) {
      expect((await gateway.anybody.transaction(tx)).block).to.equal(block);
    }
  });

  const withEvidence = (evidence: Partial<Certificate['evidence']>): Certificate => ({
    ...genuine,
    evidence: { ...genuine.evidence, ...evidence },
  });
  const forger = newKey('forger');
  const FORGERIES: readonly (readonly [what: string, step: string, code: string, forge: () => unknown])[] = [
    ['is no certificate', 'form', 'INVALID_FIELD', () => ({})],
    ['has members that nobody knows', 'form', 'UNKNOWN_FIELD', () => ({ ...genuine, seal: 'gold' })],
    ['is of another channel', 'event', 'WRONG_CHANNEL', () => ({ ...genuine, channel: 'another' })],
    [
      'is of a ticket of another event',
      'event',
      'WRONG_EVENT',
      () => ({ ...genuine, ticket: 'OrganizerMSP:other:floor:A:1' }),
    ],
    [
      'has another event statement',
      'event',
      'SIGNATURE_INVALID',
      () =>
        withEvidence({
          event: {
            ...genuine.evidence.event,
            statement: rewritten(genuine.evidence.event.statement, { name: 'Closing night' }),
          },
        }),
    ],
    [
      'has an organizer key that did not sign',
      'event',
      'UNKNOWN_KEY',
      () => ({
        ...genuine,
        keys: { ...genuine.keys, organizer: { ...genuine.keys.organizer, jwk: forger.jwk, kid: forger.kid } },
      }),
    ],
    [
      'has a key under the thumbprint of another',
      'event',
      'UNKNOWN_KEY',
      () => ({ ...genuine, keys: { ...genuine.keys, organizer: { ...genuine.keys.organizer, jwk: forger.jwk } } }),
    ],
    [
      'has a key of another organization',
      'event',
      'UNKNOWN_KEY',
      () => ({
        ...genuine,
        keys: { ...genuine.keys, organizer: { ...genuine.keys.organizer, organization: 'ResellerMSP' } },
      }),
    ],
    [
      'has a key that was not valid then',
      'event',
      'KEY_NOT_VALID',
      () => ({
        ...genuine,
        keys: { ...genuine.keys, organizer: { ...genuine.keys.organizer, notAfter: '2021-01-01T00:00:00Z' } },
      }),
    ],
    [
      'has another price in its allotment',
      'allotment',
      'SIGNATURE_INVALID',
      () =>
        withEvidence({
          allotment: {
            ...genuine.evidence.allotment,
            statement: rewritten(genuine.evidence.allotment.statement, { facePriceMinor: 1 }),
          },
        }),
    ],
    [
      'is of a place outside its allotment',
      'allotment',
      'SEAT_NOT_IN_ALLOTMENT',
      () => ({ ...genuine, ticket: `${EVENT}:floor:C:1` }),
    ],
    [
      'has a purchase request that the buyer did not sign',
      'purchase request',
      'SIGNATURE_INVALID',
      () =>
        withEvidence({
          sale: { ...genuine.evidence.sale, request: rewritten(genuine.evidence.sale.request, { maxTotalMinor: 1 }) },
        }),
    ],
    [
      "has somebody else's purchase request",
      'sale',
      'REQUEST_MISMATCH',
      () => withEvidence({ sale: { ...genuine.evidence.sale, request: other.evidence.sale.request } }),
    ],
    [
      'has another sale',
      'sale',
      'SIGNATURE_INVALID',
      () =>
        withEvidence({
          sale: { ...genuine.evidence.sale, sale: rewritten(genuine.evidence.sale.sale, { facePriceMinor: 1 }) },
        }),
    ],
    ['has the sale of other seats', 'sale', 'SEAT_NOT_IN_ALLOTMENT', () => withEvidence({ sale: other.evidence.sale })],
    [
      'has an event key as seller key',
      'sale',
      'UNKNOWN_KEY',
      () => ({ ...genuine, keys: { ...genuine.keys, seller: genuine.keys.organizer } }),
    ],
    ['has a transfer of another ticket', 'hands', 'STALE_TICKET', () => withEvidence({ hands: other.evidence.hands })],
    [
      'has a transfer twice',
      'hands',
      'NOT_THE_HOLDER',
      () => withEvidence({ hands: [...genuine.evidence.hands, ...genuine.evidence.hands] }),
    ],
    [
      'has a transfer that another one accepted',
      'hands',
      'TRANSFER_MISMATCH',
      () => {
        const [own, foreign] = [genuine, other].map(({ evidence }) => evidence.hands[0] as Transferred);
        return withEvidence({ hands: [{ ...own!, acceptance: foreign!.acceptance }] });
      },
    ],
    ['leaves its transfer out', 'holder', 'NOT_THE_HOLDER', () => withEvidence({ hands: [] })],
    [
      'names another holder',
      'holder',
      'NOT_THE_HOLDER',
      () => ({ ...genuine, state: { ...genuine.state, holder: 'h'.repeat(43) } }),
    ],
    [
      'names another allotment',
      'holder',
      'ALLOTMENT_MISMATCH',
      () => ({ ...genuine, state: { ...genuine.state, allotment: 'pool' } }),
    ],
  ];
  for (const [what, step, code, forge] of FORGERIES) {
    it(`is refused if it ${what}`, () => {
      const steps = verifyCertificate(forge());
      expect(holds(steps)).to.be.false;
      expect(steps.at(-1)).to.include({ name: step, code, holds: false });
    });
  }

  it('is not served if the ledger does not bear it out', async () => {
    const { network, anybody } = gateway;
    const { transaction } = network;
    network.transaction = async (tx) => {
      const found = await transaction(tx);
      return found && { ...found, commands: [], outcomes: [] };
    };
    try {
      expect((await problemOf(anybody.certificate(TICKET))).code).to.equal('LEDGER_DISAGREES');
    } finally {
      network.transaction = transaction;
    }
  });
});
