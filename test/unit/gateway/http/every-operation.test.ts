import { expect } from 'chai';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { proveRequest } from '../../../../gateway/client/request-proof.js';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { newKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { anOpenEvent, EVENT } from './a-scene.js';
import { OPERATOR, send } from './raw.js';
import { lendStore } from '../../../support/lent-databases.js';

const VALUES: Readonly<Record<string, string>> = {
  event: EVENT,
  ticket: `${EVENT}:floor:A:1`,
  allotment: 'floor-a',
  mspId: 'OrganizerMSP',
  number: '0',
  key: 'dedup',
  generation: '1',
  market: `${EVENT}:m1`,
  slot: '0',
  credential: 'h'.repeat(43),
  tx: 'tx-1',
  device: 'north-gate-1',
  id: 'a-proposal',
  apiKey: '0'.repeat(16),
  handshake: '0'.repeat(32),
  command: `${EVENT}~c~OrganizerMSP~an-id-of-it`,
};

/** Query parameters without which it says that they are missing. */
const NEEDED: Readonly<Record<string, string>> = { getStatement: '&currency=EUR' };

describe('every operation', () => {
  let gateway: TestGateway;
  let store: Store;
  before(async () => {
    store = await lendStore();
    gateway = await aGateway({ store });
    await anOpenEvent(gateway);
  });
  after(async () => {
    await gateway.close();
    await store.destroy();
  });

  for (const { id, method, path, authority } of OPERATIONS) {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? 'h'.repeat(43));
    it(`${id} takes no query parameter that it does not know`, async () => {
      const target = `${filled}?colour=red${NEEDED[id] ?? ''}`;
      const nowMs = () => gateway.services.nowMs();
      const signed = () => proveRequest({ key: generateSigningKey(), aud: 'OrganizerMSP', nowMs }, { method, target });
      const headers = authority === 'holder' ? { 'Guichet-Proof': signed() } : OPERATOR;
      const { status, body } = await send(gateway, { method, path: target, headers });
      expect([status, body.code, body.field]).to.deep.equal([400, 'UNKNOWN_FIELD', 'query.colour']);
    });
    if (authority === 'public') continue;
    it(`${id} is not anybody’s`, async () => {
      const { status, body } = await send(gateway, { method, path: filled });
      expect([status, body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
    });
  }

  it('reads what is there', async () => {
    const read = async (path: string) => (await send(gateway, { path })).body;
    expect(await read(`/v1/events/${EVENT}/allotments/floor-a`)).to.include({ allotment: 'floor-a', places: 20 });
    expect(await read('/v1/blocks/0')).to.include({ number: 0 });
  });

  it('lists the gate devices that the venue registers', async () => {
    const venue = await aGateway({ mspId: 'VenueMSP', network: gateway.network });
    try {
      const device = { device: 'north-gate-1', jwk: newKey().jwk, notAfter: '2027-06-01T00:00:00Z' };
      await venue.operator.registerDevice(EVENT, device);
      const { body } = await send(venue, { path: `/v1/events/${EVENT}/devices` });
      expect((body.devices as { device: string }[]).map((each) => each.device)).to.deep.equal(['north-gate-1']);
    } finally {
      await venue.close();
    }
  });
});
