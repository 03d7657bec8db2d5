import { expect } from 'chai';
import { encode } from 'uqr';
import { decodeJws } from '../../../../chaincode/crypto/jws.js';
import { Handshakes, HANDSHAKE_MS } from '../../../../gateway/auth/handshakes.js';
import { provePossession, proveRequest } from '../../../../gateway/client/request-proof.js';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { CHANNEL } from '../../../support/statements.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { anOpenEvent, EVENT } from '../http/a-scene.js';
import { OPERATOR, send } from '../http/raw.js';
import { lendStore } from '../../../support/lent-databases.js';

/** Its dark modules, as `column,row`. */
const MODULE = 10;
const darkIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)].map(([, x, y]) => `${Number(x) / MODULE},${Number(y) / MODULE}`);
const darkOf = (text: string): readonly string[] =>
  encode(text, { ecc: 'M' }).data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])));

const DEVICE = { device: 'north-gate', notAfter: '2027-06-01T00:00:00Z' };

describe('handshake of a gate device', () => {
  let store: Store;
  let organizer: TestGateway;
  let venue: TestGateway;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    organizer = await aGateway();
    await anOpenEvent(organizer);
    venue = await aGateway({ mspId: 'VenueMSP', network: organizer.network, store });
  });
  afterEach(() => Promise.all([organizer.close(), venue.close()]));

  const post = (path: string, body: object, headers = {}, gateway = venue) =>
    send(gateway, { method: 'POST', path, body: JSON.stringify(body), headers });
  const begin = async (device: object = DEVICE) => {
    const { body } = await post(`/v1/events/${EVENT}/devices/handshakes`, device, OPERATOR);
    return body as { readonly handshake: string; readonly code: string; readonly text: string; readonly qr: string };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;
  const answer = (
    { handshake, code }: Pick<Begun, 'handshake' | 'code'>,
    key = generateSigningKey(),
    more: object = {},
  ) => {
    const possession = provePossession(key, { channel: CHANNEL, handshake });
    return post(`/v1/handshakes/${handshake}`, { code, jwk: key.jwk, possession, ...more });
  };
  const moveMs = (ms: number) => {
    const { network } = venue;
    network.now = `${new Date(Date.parse(network.now) + ms).toISOString().slice(0, 19)}Z`;
  };

  it('is begun once under one Idempotency-Key', async () => {
    const headers = { ...OPERATOR, 'Idempotency-Key': 'begin-it-once' };
    const begun = () => post(`/v1/events/${EVENT}/devices/handshakes`, DEVICE, headers);
    const [first, again] = [await begun(), await begun()];
    expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 201, 'true']);
    expect(again.body).to.deep.equal(first.body);
  });

  it('registers the key that the device made, which can ask for the door list from then on', async () => {
    const begun = await begin();
    expect(JSON.parse(begun.text)).to.deep.equal({
      gateway: 'http://localhost:8080',
      handshake: begun.handshake,
      code: begun.code,
    });
    expect(darkIn(begun.qr)).to.deep.equal(darkOf(begun.text));
    expect(darkIn(begun.qr)).not.to.deep.equal(darkOf(begun.text.replace(/.(?="\}$)/, '~')));
    const key = generateSigningKey();
    const { status, body } = await answer(begun, key);
    expect(status).to.equal(201);
    expect(body).to.include({ event: EVENT, kid: key.kid, ...DEVICE });
    const path = `/v1/events/${EVENT}/door-list`;
    const options = {
      key,
      aud: 'VenueMSP',
      device: { event: EVENT, device: DEVICE.device },
      nowMs: venue.services.nowMs,
    };
    const headers = { 'Guichet-Proof': proveRequest(options, { method: 'GET', target: path }) };
    expect((await send(venue, { path, headers })).body).to.include({ event: EVENT });
  });

  it('takes one key only', async () => {
    const begun = await begin();
    await answer(begun);
    expect((await answer(begun)).body).to.include({ code: 'HANDSHAKE_USED', field: 'handshake' });
  });

  it('answers the same key with the first receipt', async () => {
    const [begun, key] = [await begin(), generateSigningKey()];
    const first = await answer(begun, key);
    const again = await answer(begun, key);
    expect([again.status, again.body]).to.deep.equal([200, first.body]);
  });

  it('is finished by its key after a gateway was killed between binding and registration', async () => {
    const [begun, key] = [await begin(), generateSigningKey()];
    const killed = new Handshakes({ store, nowMs: venue.services.nowMs });
    await killed.accept(begun.handshake, { code: begun.code, kid: key.kid });
    moveMs(HANDSHAKE_MS);
    expect((await answer(begun)).body.code).to.equal('HANDSHAKE_EXPIRED');
    expect((await answer(begun, key)).status).to.equal(201);
  });

  it('ends after five minutes', async () => {
    const begun = await begin();
    moveMs(HANDSHAKE_MS);
    expect((await answer(begun)).body.code).to.equal('HANDSHAKE_EXPIRED');
  });

  it('bears five wrong guesses, also at once, and then not even the right one', async () => {
    const begun = await begin();
    const wrong = { ...begun, code: 'A'.repeat(22) };
    const codes = await Promise.all(Array.from({ length: 8 }, async () => (await answer(wrong)).body.code));
    const count = (code: string) => codes.filter((each) => each === code).length;
    expect([count('HANDSHAKE_CODE_WRONG'), count('HANDSHAKE_LOCKED')]).to.deep.equal([5, 3]);
    expect((await answer(begun)).body.code).to.equal('HANDSHAKE_LOCKED');
  });

  it('does not count the right code as a guess', async () => {
    const [begun, key] = [await begin(), generateSigningKey()];
    for (let time = 0; time < 7; time += 1) expect((await answer(begun, key)).status).to.be.below(300);
  });

  it('keeps no code', async () => {
    const { code } = await begin();
    expect(JSON.stringify(await store.selectFrom('device_handshakes').selectAll().execute())).not.to.include(code);
    expect(venue.log.join('\n')).not.to.include(code);
  });

  it('wants the key itself to sign, for this very handshake and channel', async () => {
    const [begun, key] = [await begin(), generateSigningKey()];
    const of = (options: { channel: string; handshake: string }, by = key) => ({
      possession: provePossession(by, options),
    });
    const { handshake } = begun;
    const refused = async (more: object) => {
      const { body } = await answer(begun, key, more);
      return [body.code, body.field];
    };
    expect(await refused(of({ channel: CHANNEL, handshake: '0'.repeat(32) }))).to.deep.equal([
      'SIGNATURE_INVALID',
      'possession.handshake',
    ]);
    expect(await refused(of({ channel: 'another', handshake }))).to.deep.equal([
      'SIGNATURE_INVALID',
      'possession.channel',
    ]);
    expect(await refused(of({ channel: CHANNEL, handshake }, generateSigningKey()))).to.deep.equal([
      'SIGNATURE_INVALID',
      'possession.header.jwk',
    ]);
    const [header, payload] = of({ channel: CHANNEL, handshake }).possession.split('.');
    const forged = provePossession(generateSigningKey(), { channel: CHANNEL, handshake }).split('.')[2];
    expect(decodeJws(`${header}.${payload}.${forged}`)).not.to.be.undefined;
    expect(await refused({ possession: `${header}.${payload}.${forged}` })).to.deep.equal([
      'SIGNATURE_INVALID',
      'possession',
    ]);
    expect((await answer(begun, key)).status).to.equal(201);
  });

  it('is begun by the event’s venue only, for a time to come, and known by its id', async () => {
    const path = `/v1/events/${EVENT}/devices/handshakes`;
    expect((await post(path, DEVICE, OPERATOR, organizer)).body).to.include({ code: 'FORBIDDEN', field: 'event' });
    const past = { ...DEVICE, notAfter: '2026-01-01T00:00:00Z' };
    expect((await post(path, past, OPERATOR)).body).to.include({ code: 'INVALID_FIELD', field: 'notAfter' });
    const unknown = await answer({ handshake: '0'.repeat(32), code: 'A'.repeat(22) });
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'UNKNOWN_HANDSHAKE']);
  });
});
