import { expect } from 'chai';
import { GatewayError } from '../../../../gateway/errors.js';
import { asyncAfterMs } from '../../../../gateway/http/preferences.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { HeldSubmitter } from './a-held-submitter.js';
import { aFan, anOpenEvent, EVENT, newAllotment, signTransfer } from './a-scene.js';
import { MemoryNetwork } from './memory-network.js';
import { OPERATOR, send } from './raw.js';
import { until } from '../../../support/until.js';

const ID = 'close-for-the-night';

describe('Prefer: respond-async', () => {
  let network: MemoryNetwork;
  let way: HeldSubmitter;
  let gateway: TestGateway;
  beforeEach(async () => {
    network = new MemoryNetwork();
    way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
    gateway = await aGateway({ network, submitter: way });
    await anOpenEvent(gateway);
  });
  afterEach(async () => {
    way.release();
    await gateway.close();
  });

  const post = (path: string, body: unknown, prefer = 'respond-async', headers: Record<string, string> = {}) =>
    send(gateway, {
      ...{ method: 'POST', path, body: JSON.stringify(body) },
      headers: { ...OPERATOR, Prefer: prefer, ...headers },
    });
  const close = (prefer?: string) => post(`/v1/events/${EVENT}/sales/close`, { id: ID }, prefer);
  const stateOf = async (path: string, at = gateway) => (await send(at, { path })).body;
  /** Lets the ledger decide. */
  const settled = async (path: string) => {
    way.release();
    await until(async () => (await stateOf(path)).state !== 'pending');
    return stateOf(path);
  };

  it('is answered 202 while the ledger decides, and then the state has the receipt', async () => {
    way.hold();
    const { status, headers, body } = await close();
    const location = headers.get('location')!;
    expect(status).to.equal(202);
    expect(headers.get('preference-applied')).to.equal('respond-async');
    expect(location).to.equal(`/v1/commands/${EVENT}~c~OrganizerMSP~${ID}`);
    expect(body).to.deep.equal({ command: location.slice('/v1/commands/'.length), state: 'pending' });
    expect(await stateOf(location)).to.deep.equal(body);
    const { state, receipt } = await settled(location);
    expect(state).to.equal('committed');
    expect(receipt).to.include.keys('tx', 'block');
  });

  it('tells what the ledger refused, as the problem that it would have been', async () => {
    await gateway.operator.closeSales(EVENT);
    const request = aFan().request({ seats: ['floor:A:1'] });
    way.hold();
    const { status, headers } = await post('/v1/sales', { request });
    expect(status).to.equal(202);
    const { state, problem } = await settled(headers.get('location')!);
    expect(state).to.equal('refused');
    expect(problem).to.deep.include({ code: 'SALES_NOT_OPEN', status: 409 });
  });

  it('tells the receipt of a sale under its payment reference', async () => {
    const request = aFan().request({ seats: ['floor:A:1'] });
    way.hold();
    const { headers } = await post('/v1/sales', { request }, 'return=minimal, Respond-Async; x=1');
    const { state, receipt } = await settled(headers.get('location')!);
    expect(state).to.equal('committed');
    expect(receipt).to.deep.include({ seats: ['floor:A:1'], issues: [1] });
  });

  it('with `wait` is answered as ever if the ledger decides in time, and 202 if it does not', async () => {
    way.hold();
    const patient = close('wait=30, respond-async');
    await until(() => way.waiting === 1);
    way.release();
    expect((await patient).status).to.equal(200);
    way.hold();
    const started = performance.now();
    const { status, headers } = await post(`/v1/events/${EVENT}/sales/reopen`, {}, 'respond-async; x, wait="1"');
    expect([status, performance.now() - started >= 950]).to.deep.equal([202, true]);
    expect((await settled(headers.get('location')!)).state).to.equal('committed');
  });

  it('is asked for by that preference alone, and waits no longer than a minute', () => {
    for (const [prefer, ms] of [
      ['', undefined],
      ['wait=5', undefined],
      ['respond-asynchronously', undefined],
      ['respond-async', 0],
      ['Respond-Async; foo=bar', 0],
      ['wait = 5 , respond-async', 5_000],
      ['respond-async, wait="7", wait=9', 7_000],
      ['respond-async, wait=999999', 60_000],
      ['respond-async, wait=-1', 0],
      ['respond-async, wait=1e3', 0],
    ] as const)
      expect(asyncAfterMs(prefer), prefer).to.equal(ms);
  });

  it('does not know what the outcome is where nobody does, until the ledger has it', async () => {
    network.failNext = new GatewayError('OUTCOME_UNKNOWN', { tx: 'tx-1' });
    way.hold();
    const { headers } = await close();
    const location = headers.get('location')!;
    const { state, problem } = await settled(location);
    expect([state, (problem as { code: string }).code]).to.deep.equal(['unknown', 'OUTCOME_UNKNOWN']);
    expect((await close('')).status).to.equal(200);
    expect((await stateOf(location)).state).to.equal('committed');
  });

  it('is known to a gateway that never saw the command, once the ledger has it', async () => {
    way.hold();
    const { headers } = await close();
    const location = headers.get('location')!;
    await settled(location);
    const restarted = await aGateway({ network });
    try {
      expect(await stateOf(location, restarted)).to.deep.equal(await stateOf(location));
      const other = await stateOf(`/v1/commands/${EVENT}~c~OrganizerMSP~never-sent`, restarted);
      expect(other).to.deep.equal({ command: `${EVENT}~c~OrganizerMSP~never-sent`, state: 'unknown' });
    } finally {
      await restarted.close();
    }
  });

  it('answers at once what fails before the ledger hears of it', async () => {
    expect((await post('/v1/sales', { request: 'x' })).body.code).to.equal('MALFORMED_STATEMENT');
    expect((await post('/v1/events/OrganizerMSP:nope/allotments', newAllotment())).body.code).to.equal('UNKNOWN_EVENT');
    network.failNext = new GatewayError('QUEUE_FULL', { limit: 1 });
    expect((await close()).status).to.equal(429);
  });

  it('refuses at once what the ledger could not even read, and goes on', async () => {
    way.hold();
    const given = signTransfer({ ticket: 'OrganizerMSP:another-night:floor:A:1' }, aFan(), aFan());
    const { status, body } = await send(gateway, {
      ...{ method: 'POST', path: '/v1/transfers', body: JSON.stringify(given) },
      headers: { Prefer: 'respond-async' },
    });
    expect([status, body.code, body.field]).to.deep.equal([422, 'WRONG_EVENT', 'transfer.ticket']);
    way.release();
    expect((await close('')).status).to.equal(200);
  });

  it('is not applied without being asked for, nor to many at once', async () => {
    for (const prefer of ['', 'wait=10', 'return=minimal', 'x-respond-async'])
      expect((await close(prefer)).status, prefer).to.equal(200);
    const { status, headers } = await post(`/v1/events/${EVENT}/allotments`, [newAllotment()]);
    expect([status, headers.get('preference-applied')]).to.deep.equal([200, null]);
  });

  it('keeps an Idempotency-Key in use until the ledger has decided', async () => {
    way.hold();
    const path = `/v1/events/${EVENT}/sales/close`;
    const first = await post(path, {}, 'respond-async', { 'Idempotency-Key': ID });
    expect(first.headers.get('location')).to.equal(`/v1/commands/${EVENT}~c~OrganizerMSP~${ID}`);
    const second = await post(path, {}, 'respond-async', { 'Idempotency-Key': ID });
    expect(second.body.code).to.equal('IDEMPOTENCY_KEY_IN_USE');
    await settled(first.headers.get('location')!);
    const third = await post(path, {}, '', { 'Idempotency-Key': ID });
    expect(third.headers.get('idempotency-replayed')).to.equal('true');
  });

  it('has no state for what is no command', async () => {
    for (const name of [`${EVENT}~t~floor~A`, `${EVENT}~e`, 'x', `${EVENT}%2Fc%2FOrganizerMSP%2F${ID}`]) {
      const { status, body } = await send(gateway, { path: `/v1/commands/${name}` });
      expect([status, body.code, body.field], name).to.deep.equal([400, 'INVALID_FIELD', 'command']);
    }
  });
});
