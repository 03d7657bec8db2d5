import { expect } from 'chai';
import { entityTagOf, isStillSo } from '../../../../gateway/http/entity-tag.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newAllotment } from './a-scene.js';
import { send } from './raw.js';

/** Reads without a tag, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  healthLive: 'a probe is of this moment, and nobody keeps its answer',
  healthReady: 'a probe is of this moment, and nobody keeps its answer',
  streamEvents: 'a stream has no end, and its place is `Last-Event-ID`',
  getStatement: 'its CSV is sent while it is made, before anybody knows all of it',
  listDoor: 'it says when it was read, so no two answers are the same',
};

interface Described {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly headers?: object }>>;
}

describe('entity tags', () => {
  let gateway: TestGateway;
  const path = `/v1/tickets/${EVENT}:floor:A:1`;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    await gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:1'] }) });
  });
  afterEach(() => gateway.close());

  const read = (headers: Record<string, string> = {}) => send(gateway, { path, headers });
  const tagNow = async () => (await read()).headers.get('etag')!;

  it('of one record name the height up to which blocks were seen', async () => {
    expect(await tagNow()).to.match(new RegExp(`^"${gateway.network.height}-[A-Za-z0-9_-]{22}"$`));
    expect((await read()).headers.get('cache-control')).to.equal('no-cache');
  });

  it('answer 304 without a body to whoever has it, with the height of now', async () => {
    const before = await tagNow();
    await gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:2'] }) });
    for (const held of [before, `W/${before}`, `"1-other", ${before}`, '*']) {
      const { status, headers, body } = await read({ 'If-None-Match': held });
      expect([status, body], held).to.deep.equal([304, {}]);
      expect(headers.get('etag')).to.equal(before.replace(/^"\d+/, `"${gateway.network.height}`));
    }
  });

  it('answer 200 once the record has changed', async () => {
    const before = await tagNow();
    const { change, holder } = await gateway.anybody.ticket(`${EVENT}:floor:A:1`);
    await gateway.operator.void({ ticket: `${EVENT}:floor:A:1`, issue: 1, change, holder, reason: 'fraud' });
    const { status, body } = await read({ 'If-None-Match': before });
    expect([status, body.state]).to.deep.equal([200, 'void']);
    expect(await tagNow()).not.to.equal(before);
  });

  it('that nobody gave out match nothing', () => {
    const tag = entityTagOf(7, { a: 1 });
    for (const held of ['', '""', 'W/"x"', tag.slice(1, -1), '"7-"', '"-"', entityTagOf(7, { a: 2 })])
      expect(isStillSo(held, tag), held).to.be.false;
    expect(isStillSo(entityTagOf(3, { a: 1 }), tag)).to.be.true;
  });

  it('of what does not follow from the ledger are of the answer alone', async () => {
    for (const at of ['/v1/identity-policy', '/v1/network', '/v1/openapi.json']) {
      const held = (await send(gateway, { path: at })).headers.get('etag')!;
      expect(held, at).to.match(/^"[A-Za-z0-9_-]{22}"$/);
      const { status, headers, body } = await send(gateway, { path: at, headers: { 'If-None-Match': held } });
      expect([status, body, headers.get('etag')], at).to.deep.equal([304, {}, held]);
    }
    expect(isStillSo('"0-AAAAAAAAAAAAAAAAAAAAAA"', entityTagOf(undefined, { a: 1 }))).to.be.false;
  });

  it('of a list hold until something of its page changes', async () => {
    const list = `/v1/events/${EVENT}/allotments`;
    const held = (await send(gateway, { path: list })).headers.get('etag')!;
    const again = (asked: string) => send(gateway, { path: asked, headers: { 'If-None-Match': held } });
    expect((await again(list)).status).to.equal(304);
    await gateway.operator.createAllotments(EVENT, [
      newAllotment({ allotment: 'stand', seats: { section: 'stand', rows: [['A', 1, 2]] } }),
    ]);
    expect((await again(`${list}?limit=1`)).status).to.equal(200);
    expect((await again(list)).status).to.equal(200);
  });

  it('are on every read but those with a reason, and documented', async () => {
    const withTag = OPERATIONS.filter(({ tagged, responses }) => tagged || 304 in responses).map(({ id }) => id);
    const reads = OPERATIONS.filter(({ method }) => method === 'GET').map(({ id }) => id);
    expect(withTag).to.have.members(reads.filter((id) => !(id in WITHOUT)));
    expect(reads).to.include.members(Object.keys(WITHOUT));
    const { body } = await send(gateway, { path: '/v1/openapi.json' });
    const { paths } = body as { paths: Record<string, Record<string, Described>> };
    for (const { operationId, parameters, responses } of Object.values(paths).flatMap((each) => Object.values(each))) {
      const said = [
        '304' in responses,
        'ETag' in (responses['200']?.headers ?? {}),
        parameters.some(({ name }) => name.toLowerCase() === 'if-none-match'),
      ];
      expect(said, operationId).to.deep.equal(said.map(() => withTag.includes(operationId)));
    }
  });
});
