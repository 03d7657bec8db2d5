import { expect } from 'chai';
import { ApiClient } from '../../../../gateway/client/api-client.js';
import { codeOf } from '../../../support/code-of.js';
import { aGateway, TOKEN, type TestGateway } from '../http/a-gateway.js';
import { anOpenEvent, EVENT } from '../http/a-scene.js';

describe('the typed client', () => {
  let gateway: TestGateway;
  let api: ApiClient;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    api = new ApiClient({ baseUrl: `${gateway.url}/`, token: TOKEN });
  });
  after(() => gateway.close());

  it('fills paths in and asks with a query', async () => {
    const path = { event: EVENT };
    expect((await api.get('/v1/events/{event}', { path })).name).to.equal('Opening night');
    const { allotments } = await api.get('/v1/events/{event}/allotments', { path, query: { limit: 1 } });
    expect(allotments.map(({ allotment }) => allotment)).to.deep.equal(['floor-a']);
  });

  it('sends headers, and says what was replayed', async () => {
    const asked = { path: { event: EVENT }, headers: { 'Idempotency-Key': 'close-once' } };
    const first = await api.post('/v1/events/{event}/sales/close', asked);
    expect([first.body.id, first.replayed]).to.deep.equal(['close-once', false]);
    expect(await api.post('/v1/events/{event}/sales/close', asked)).to.deep.equal({ ...first, replayed: true });
  });

  it('throws what is refused, with its code', async () => {
    expect(await codeOf(api.get('/v1/events/{event}', { path: { event: 'OrganizerMSP:nope' } }))).to.equal(
      'UNKNOWN_EVENT',
    );
    const anybody = new ApiClient({ baseUrl: gateway.url });
    const closing = anybody.post('/v1/events/{event}/sales/close', { path: { event: EVENT } });
    expect(await codeOf(closing)).to.equal('UNAUTHENTICATED');
  });

  it('lets no path of a value reach another operation', async () => {
    expect(await codeOf(api.get('/v1/events/{event}', { path: { event: '../network' } }))).to.equal('INVALID_FIELD');
  });
});
