/** Every operation that lists by pages: what it says to a limit, and to a cursor that it has not given; and each list walked from its first page to its last. */
import { expect } from 'chai';
import { proveRequest } from '../../../../gateway/client/request-proof.js';
import type { Operation } from '../../../../gateway/http/operation.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { admit, EXPIRY } from '../../../support/proposals.js';
import { newKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { anOpenEvent, aFan, EVENT, newAllotment, newEvent } from './a-scene.js';
import { OPERATOR, send } from './raw.js';
import { sameByAnyPages } from './walk.js';
import { lendStore } from '../../../support/lent-databases.js';

const PATHS: Readonly<Record<string, string>> = { event: EVENT, market: `${EVENT}:m1` };
const NEEDED: Readonly<Record<string, string>> = { getStatement: 'currency=EUR&' };
const CURSORS = ['after', 'before'];

const listing = OPERATIONS.filter(({ query }) => 'limit' in query.shape);
const filled = ({ id, path }: Operation) =>
  `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => PATHS[name]!)}?${NEEDED[id] ?? ''}`;

describe('lists', () => {
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

  const get = (path: string) => send(gateway, { path, headers: OPERATOR });
  /** As whoever may ask. */
  const ask = ({ authority }: Operation, target: string) => {
    if (authority !== 'holder') return get(target);
    const proof = { key: generateSigningKey(), aud: 'OrganizerMSP', nowMs: () => gateway.services.nowMs() };
    return send(gateway, {
      path: target,
      headers: { 'Guichet-Proof': proveRequest(proof, { method: 'GET', target }) },
    });
  };

  it('are all that have a cursor, and take it with a limit', () => {
    const withCursor = OPERATIONS.filter(({ query }) => CURSORS.some((name) => name in query.shape));
    expect(listing.map(({ id }) => id)).to.deep.equal(withCursor.map(({ id }) => id));
  });

  for (const operation of listing) {
    it(`${operation.id} takes a limit from 1 on, in digits, up to a bound`, async () => {
      for (const limit of ['0', '-1', '1e1', '0x1', '', '1.5', '1001', '99999999999999999', '1&limit=2']) {
        const { status, body } = await ask(operation, `${filled(operation)}limit=${limit}`);
        expect([status, body.code, body.field], limit).to.deep.equal([400, 'INVALID_FIELD', 'query.limit']);
      }
    });

    it(`${operation.id} names the cursor that it has not given`, async () => {
      const cursor = CURSORS.find((name) => name in operation.query.shape)!;
      for (const value of ['', '%00', 'no cursor', '../x', 'OrganizerMSP/../x', '\u{1F3AB}']) {
        const { status, body } = await ask(operation, `${filled(operation)}${cursor}=${encodeURIComponent(value)}`);
        expect([status, body.code, body.field], value).to.deep.equal([400, 'INVALID_FIELD', `query.${cursor}`]);
      }
    });
  }

  // The read model's are tested where there is one.
  for (const { id, path } of listing.filter(({ path, asOf }) => path.includes('{event}') && asOf === 'ledger')) {
    it(`${id} of an event that there is not is 404, not an empty list`, async () => {
      const { status, body } = await get(path.replace('{event}', 'OrganizerMSP:nothing'));
      expect([status, body.code, body.field]).to.deep.equal([404, 'UNKNOWN_EVENT', 'event']);
    });
  }

  it('are the same whatever the size of pages, without a next page after the last', async () => {
    for (const slug of ['b', 'd', 'a', 'c'])
      await gateway.operator.createEvent(newEvent({ event: `OrganizerMSP:${slug}` }));
    for (const number of [3, 1, 2]) {
      const seats = { section: 'stand', rows: [['A', number, number] as [string, number, number]] };
      await gateway.operator.createAllotments(EVENT, [newAllotment({ allotment: `row-${number}`, seats })]);
    }
    const venue = await aGateway({ mspId: 'VenueMSP', network: gateway.network });
    try {
      for (const device of ['south', 'north', 'west'])
        await venue.operator.registerDevice(EVENT, { device, jwk: newKey().jwk, notAfter: '2027-06-01T00:00:00Z' });
    } finally {
      await venue.close();
    }
    const seats = ['floor:A:1', 'floor:A:2', 'floor:A:3'];
    await gateway.operator.sell({ request: aFan().request({ seats }) });
    for (const mspId of ['CMSP', 'AMSP', 'BMSP', 'DMSP'])
      await gateway.operator.propose({ id: `admit-${mspId}`, action: admit(mspId), expiresAt: EXPIRY });
    for (const [path, member, count] of [
      ['/v1/events', 'events', 5],
      [`/v1/events/${EVENT}/allotments`, 'allotments', 4],
      [`/v1/events/${EVENT}/devices`, 'devices', 3],
      [`/v1/events/${EVENT}/door-list`, 'tickets', 3],
      ['/v1/proposals', 'proposals', 4],
    ] as const)
      expect(await sameByAnyPages({ path, member, ask: get }), path).to.have.length(count);
  });

  it('have each block once, from the newest to the first', async () => {
    const numbers: number[] = [];
    for (let before = ''; ;) {
      const { body } = await get(`/v1/blocks?limit=2${before}`);
      numbers.push(...(body.blocks as { number: number }[]).map((each) => each.number));
      if (body.next === undefined) break;
      before = `&before=${body.next as string}`;
    }
    expect(numbers).to.deep.equal(numbers.map((_, at) => numbers.length - 1 - at));
    expect(numbers.at(-1)).to.equal(0);
  });
});
