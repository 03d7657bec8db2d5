import { expect } from 'chai';
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';
import { decode } from '../../../../gateway/web/proof/base64url.js';
import { verify, type Evidence } from '../../../../gateway/web/proof/verify.js';
import { newKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { aFan, anOpenEvent, EVENT, signTransfer } from '../http/a-scene.js';
import { asVersion1 } from '../http/version-1.js';

const HANDS = 'Transfers and resales';
const TICKET = `${EVENT}:floor:A:1`;

/** The same statement with another payload and the old signature. */
function rewritten(jws: string, change: object): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  return `${header}.${Buffer.from(JSON.stringify({ ...before, ...change })).toString('base64url')}.${signature}`;
}

/** The step that fails, or 'none'. */
const failing = async (evidence: Evidence) =>
  (await verify(evidence)).find(({ outcome }) => outcome === 'fails')?.title ?? 'none';

describe('ticket check in the browser', () => {
  let gateway: TestGateway;
  let genuine: Evidence & { readonly certificate: Certificate };
  let other: Certificate;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    const [first, second, third] = [aFan(), aFan(), aFan()];
    await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1', 'floor:A:2'] }) });
    const given = signTransfer({ ticket: TICKET }, first, second);
    await gateway.anybody.transfer(given.transfer, given.acceptance);
    await gateway.operator.sell({ request: third.request({ seats: ['floor:B:1'] }) });
    const { keys } = await gateway.anybody.organization('OrganizerMSP');
    const [certificate, shown] = [await gateway.anybody.certificate(TICKET), await gateway.anybody.ticket(TICKET)];
    genuine = { certificate, shown, registry: { organizer: keys, seller: keys } };
    other = await gateway.anybody.certificate(`${EVENT}:floor:B:1`);
  });
  after(() => gateway.close());

  const withEvidence = (change: Partial<Certificate['evidence']>): Evidence => ({
    ...genuine,
    certificate: { ...genuine.certificate, evidence: { ...genuine.certificate.evidence, ...change } },
  });

  it('finds that every step of a genuine certificate holds', async () => {
    const steps = await verify(genuine);
    expect(steps.map(({ outcome }) => outcome)).to.deep.equal(Array.from({ length: 11 }, () => 'holds'));
    expect(steps.flatMap(({ findings }) => findings.all).length).to.be.above(40);
  });

  it('stops at what does not hold and says so of the rest', async () => {
    const { event } = genuine.certificate.evidence;
    const steps = await verify(
      withEvidence({ event: { ...event, statement: rewritten(event.statement, { name: 'Another' }) } }),
    );
    const outcomes = steps.map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 3)).to.deep.equal(['holds', 'holds', 'fails']);
    expect(new Set(outcomes.slice(3))).to.deep.equal(new Set(['not reached']));
  });

  it('names the step of each forgery', async () => {
    const { allotment, sale, hands } = genuine.certificate.evidence;
    const transfer = hands[0] as Extract<Hand, { kind: 'transfer' }>;
    const cheaper = rewritten(allotment.statement, { facePriceMinor: 1 });
    expect(await failing(withEvidence({ allotment: { ...allotment, statement: cheaper } }))).to.equal('Allotment');
    const generous = rewritten(sale.request, { maxTotalMinor: 1_000_000 });
    expect(await failing(withEvidence({ sale: { ...sale, request: generous } }))).to.equal('Purchase request');
    expect(await failing(withEvidence({ sale: { ...sale, sale: rewritten(sale.sale, { totalMinor: 0 }) } }))).to.equal(
      'Sale',
    );
    const elsewhere = { ...transfer, transfer: rewritten(transfer.transfer, { to: newKey().kid }) };
    expect(await failing(withEvidence({ hands: [elsewhere] }))).to.equal(HANDS);
  });

  it('takes no statement from another ticket, and none may be missing', async () => {
    expect(await failing(withEvidence({ sale: other.evidence.sale }))).to.equal('Sale');
    expect(await failing(withEvidence({ hands: [] }))).to.equal(HANDS);
    expect(await failing({ ...genuine, certificate: other })).to.equal('Certificate');
  });

  it('believes no key that its organization has not registered', async () => {
    expect(await failing({ ...genuine, registry: { ...genuine.registry, organizer: [] } })).to.equal('Organizer’s key');
    expect(await failing({ ...genuine, registry: { ...genuine.registry, seller: [] } })).to.equal('Seller’s key');
    const { certificate } = genuine;
    const { jwk } = newKey();
    const keys = { ...certificate.keys, organizer: { ...certificate.keys.organizer, jwk } };
    expect(await failing({ ...genuine, certificate: { ...certificate, keys } })).to.equal('Organizer’s key');
  });

  it('takes nobody for the holder but the end of the chain', async () => {
    const { certificate } = genuine;
    const state = { ...certificate.state, holder: newKey().kid };
    expect(await failing({ ...genuine, certificate: { ...certificate, state } })).to.equal('Current holder');
  });

  it('reads certificates of version 1, which had transfers only', async () => {
    const certificate = asVersion1(genuine.certificate);
    expect(await failing({ ...genuine, certificate })).to.equal('none');
    const { event, allotment, sale } = certificate.evidence;
    const untold = { ...certificate, evidence: { event, allotment, sale, transfers: [] } };
    expect(await failing({ ...genuine, certificate: untold })).to.equal(HANDS);
    const bare = { ...certificate, evidence: { event, allotment, sale } };
    expect(await failing({ ...genuine, certificate: bare })).to.equal('Certificate');
  });

  it('reads certificates of version 2, which knew no credentials', async () => {
    const { certificate } = genuine;
    expect(await failing({ ...genuine, certificate: { ...certificate, version: 2 } })).to.equal('none');
    const claims = { ...certificate, version: 2, credentials: { committee: {} } };
    expect(await failing({ ...genuine, certificate: claims })).to.equal('Certificate');
  });

  it('reads whatever arrives instead of a certificate', async () => {
    for (const certificate of [
      null,
      'no',
      [],
      {},
      { ...genuine.certificate, evidence: {} },
      { ...genuine.certificate, keys: null },
    ]) {
      expect(await failing({ ...genuine, certificate })).to.equal('Certificate');
    }
    expect(
      await failing(withEvidence({ event: { ...genuine.certificate.evidence.event, statement: 'a.b.c' } })),
    ).to.equal('Event');
  });

  it('reads canonical base64url only', () => {
    expect(decode('AQ')).to.deep.equal(new Uint8Array([1]));
    for (const text of ['AR', 'AQ==', 'A', '+A', 'A Q']) expect(decode(text), text).to.equal(undefined);
  });
});
