import { expect } from 'chai';
import { entityTagOf, isStillSo } from '../../../../gateway/http/entity-tag.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT } from './a-scene.js';
import { send } from './raw.js';

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

  it('are on every read of one record, and on no list, and documented', async () => {
    const tagged = OPERATIONS.filter((each) => each.tagged).map(({ id }) => id);
    expect(tagged).to.include.members(['getEvent', 'getTicket', 'getListing', 'getAllotment', 'getHolder']);
    expect(tagged.filter((id) => id.startsWith('list'))).to.be.empty;
    expect((await send(gateway, { path: '/v1/events' })).headers.get('etag')).to.be.null;
    const document = (await send(gateway, { path: '/v1/openapi.json' })).body as {
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const answering304 = described.filter(({ responses }) => '304' in responses).map(({ operationId }) => operationId);
    // The read model's answers have the block of their rows instead (see projected.ts).
    const projected = OPERATIONS.filter(({ responses }) => 304 in responses).map(({ id }) => id);
    expect(answering304).to.have.members([...tagged, ...projected]);
  });
});
