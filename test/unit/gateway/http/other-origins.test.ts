import { expect } from 'chai';
import { aGateway, type TestGateway } from './a-gateway.js';

const ORIGIN = 'https://wallet.example';

describe('a page of another origin', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
  });
  after(() => gateway.close());

  const preflight = async (headers: string) => {
    const response = await fetch(`${gateway.url}/v1/transfers`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers,
      },
    });
    return { status: response.status, allowed: response.headers.get('access-control-allow-headers') };
  };

  it('may read, and is told the request id', async () => {
    const { headers } = await fetch(`${gateway.url}/v1/events`, { headers: { origin: ORIGIN } });
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    const exposed = headers.get('access-control-expose-headers')!.split(',');
    const described = ['X-Request-Id', 'Retry-After', 'ETag', 'Location', 'Preference-Applied', 'Idempotency-Replayed'];
    expect(exposed).to.include.members(described);
    expect(exposed).to.include.members(['RateLimit', 'RateLimit-Policy']);
  });

  it('may read why it was refused', async () => {
    const response = await fetch(`${gateway.url}/v1/events/nothing`, { headers: { origin: ORIGIN } });
    expect(response.status).to.equal(400);
    expect(response.headers.get('access-control-allow-origin')).to.equal('*');
  });

  it('may send what anybody may send', async () => {
    expect(await preflight('content-type')).to.deep.equal({
      status: 204,
      allowed: 'content-type,idempotency-key,prefer,if-none-match,guichet-proof,last-event-id,min-block',
    });
  });

  it("may not send an operator's token", async () => {
    const { allowed } = await preflight('authorization,content-type');
    expect(allowed?.toLowerCase()).not.to.include('authorization');
  });
});
