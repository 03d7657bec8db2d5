import { expect } from 'chai';
import sinon from 'sinon';
import { proveRequest } from '../../../../gateway/client/request-proof.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import type { Caller } from '../../../../gateway/http/caller.js';
import { countedAddress } from '../../../../gateway/limits/address.js';
import { RateLimits } from '../../../../gateway/limits/rate-limits.js';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';
import { aGateway, type GatewayOptions, type TestGateway } from '../http/a-gateway.js';
import { OPERATOR, send } from '../http/raw.js';
import { lendStore } from '../../../support/lent-databases.js';

describe('rate limits', () => {
  let gateway: TestGateway | undefined;
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
  });
  const open = async (options: GatewayOptions = {}) => {
    gateway = await aGateway({ auth: { limits: { perAddress: 3, perClient: 2 } }, ...options });
    return gateway;
  };
  const ask = async (of: TestGateway, headers: Readonly<Record<string, string>> = {}, path = '/v1/blocks') => {
    const { status, body, headers: told } = await send(of, { path, headers });
    const { code, details } = body;
    return { status, code, details, policy: told.get('RateLimit-Policy'), left: told.get('RateLimit'), told };
  };
  const statuses = async (
    of: TestGateway,
    times: number,
    headers?: (time: number) => Readonly<Record<string, string>>,
  ) => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) found.push((await ask(of, headers?.(time))).status);
    return found;
  };

  it('count what comes from one address, and tell how much is left', async () => {
    const of = await open();
    const first = await ask(of);
    expect([first.status, first.policy]).to.deep.equal([200, '"address";q=3;w=60']);
    expect(first.left).to.match(/^"address";r=2;t=(60|5[0-9])$/);
    expect(await statuses(of, 2)).to.deep.equal([200, 200]);
    const refused = await ask(of);
    expect([refused.status, refused.code]).to.deep.equal([429, 'RATE_LIMITED']);
    expect(refused.left).to.match(/^"address";r=0;t=/);
    expect(Number(refused.told.get('Retry-After'))).to.be.within(1, 60);
    const [, secondsLeft] = /;t=([0-9]+)$/.exec(refused.left ?? '') ?? [];
    expect(refused.told.get('Retry-After')).to.equal(secondsLeft);
    expect(refused.details).to.include({ limit: 3, windowSeconds: 60 });
  });

  it('may be read by pages of other origins', async () => {
    const { told } = await ask(await open(), { Origin: 'https://wallet.example' });
    expect(told.get('Access-Control-Expose-Headers')).to.match(/RateLimit,RateLimit-Policy/);
  });

  it('leave the operator and whoever watches alone', async () => {
    const of = await open();
    expect(await statuses(of, 5, () => OPERATOR)).to.deep.equal([200, 200, 200, 200, 200]);
    for (let time = 0; time < 5; time += 1) expect((await ask(of, {}, '/health/live')).status).to.equal(200);
  });

  it('leave alone nothing else below the health checks, and nobody who has a credential looked at', async () => {
    const of = await open();
    const found: number[] = [];
    for (const path of ['/health/', '/health/ready/', '/health/live/x', '/health/live'])
      found.push((await ask(of, path === '/health/live' ? { Authorization: 'Bearer a-guess' } : {}, path)).status);
    expect(found[3]).to.equal(429);
    expect((await ask(of, {}, '/health/live')).status).to.equal(200);
  });

  it('count an API key by itself, wherever it comes from', async () => {
    const store = await lendStore();
    try {
      const limits = { perAddress: 3, perClient: 2 };
      const of = await open({ store, auth: { limits, clock: systemClock } });
      const make = () => of.services.apiKeys.create({ name: 'x', scopes: ['sales'], expiresAt: Date.now() + 60_000 });
      const [one, other] = [await make(), await make()];
      const by = (secret: string) => ({ Authorization: `Bearer ${secret}` });
      expect(await statuses(of, 3, () => by(one.secret))).to.deep.equal([200, 200, 429]);
      expect((await ask(of, by(other.secret))).policy).to.equal('"client";q=2;w=60');
      expect((await ask(of)).left).to.match(/^"address";r=2;/);
    } finally {
      await gateway?.close();
      gateway = undefined;
      await store.destroy();
    }
  });

  it('count wrong credentials by address', async () => {
    const found = await statuses(await open(), 4, (time) => ({ Authorization: `Bearer a-guess-number-${time}` }));
    expect(found).to.deep.equal([401, 401, 401, 429]);
  });

  it('count signed requests apart, and a gate device by itself', async () => {
    const key = generateSigningKey();
    const store = await lendStore();
    const of = await open({ store });
    const device = { event: 'OrganizerMSP:opening-night', device: 'south-gate' };
    const signed = (more: object = {}) => ({
      'Guichet-Proof': proveRequest(
        { key, aud: 'OrganizerMSP', nowMs: () => of.services.nowMs(), ...more },
        { method: 'GET', target: '/v1/events' },
      ),
    });
    const codes = async (times: number, more?: object) => {
      const found: (number | null | string)[] = [];
      for (let time = 0; time < times; time += 1) found.push((await ask(of, signed(more), '/v1/events')).status);
      return found;
    };
    expect((await codes(4)).slice(3)).to.deep.equal([429]);
    expect((await ask(of)).status).to.equal(200);
    await of.close();
    const venue = await open({ store });
    const known = { kid: key.kid, jwk: key.jwk, notAfter: '2099-01-01T00:00:00Z', revoked: false };
    venue.network.read = () => Promise.resolve([known]) as never;
    const policies: (string | null)[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { headers } = await send(venue, { path: '/v1/events', headers: signed({ device }) });
      policies.push(headers.get('RateLimit'));
    }
    expect(policies.map((text) => text?.split(';').slice(0, 2).join(';'))).to.deep.equal([
      ...['"client";r=1', '"client";r=0', '"client";r=0'],
    ]);
    const others = await send(venue, { path: '/v1/events', headers: signed() });
    expect(others.headers.get('RateLimit')).to.match(/^"address";r=2;/);
    await venue.close();
    gateway = undefined;
    await store.destroy();
  });

  it('refuse before a body is read', async () => {
    const of = await open();
    await statuses(of, 3);
    const { status, headers } = await send(of, {
      method: 'POST',
      path: '/v1/expiries',
      body: `"${'x'.repeat(1_000_000)}"`,
    });
    expect([status, headers.get('Connection')]).to.deep.equal([429, 'close']);
  });

  it('do not believe X-Forwarded-For unless a proxy is configured', async () => {
    const forwarded = (time: number) => ({ 'X-Forwarded-For': `192.0.2.${time}` });
    expect(await statuses(await open(), 4, forwarded)).to.deep.equal([200, 200, 200, 429]);
  });

  it('count the address that the proxy next to the gateway saw', async () => {
    const of = await open({ proxies: 1 });
    const forwarded = (time: number) => ({ 'X-Forwarded-For': `198.51.100.${time}, 192.0.2.1` });
    expect(await statuses(of, 4, forwarded)).to.deep.equal([200, 200, 200, 429]);
    expect((await ask(of, { 'X-Forwarded-For': '192.0.2.2' })).status).to.equal(200);
  });

  it('count anew when the time is over', async () => {
    const limits = new RateLimits({ perAddress: 1, perClient: 1 }, 1);
    const caller: Caller = { kind: 'anybody', id: '192.0.2.1' };
    const take = () =>
      limits
        .take(caller, () => undefined)
        .then(
          () => 'taken',
          (error: unknown) => (error as { code: string }).code,
        );
    const clock = sinon.useFakeTimers();
    try {
      expect([await take(), await take()]).to.deep.equal(['taken', 'RATE_LIMITED']);
      clock.tick(1_100);
      expect(await take()).to.equal('taken');
    } finally {
      clock.restore();
    }
  });

  describe('of addresses', () => {
    it('take a network of 64 bits for one', () => {
      const [one, other] = ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1'].map(countedAddress);
      expect([one, other]).to.deep.equal(['2001:db8:1:2::/64', '2001:db8:1:2::/64']);
      expect(countedAddress('2001:db8:1:3::1')).not.to.equal(one);
    });

    it('take IPv4 within IPv6 for what it is', () => {
      expect(countedAddress('::ffff:192.0.2.1')).to.equal('192.0.2.1');
      expect(countedAddress('fe80::1%eth0')).to.equal('fe80::/64');
    });

    it('take what is no address for one and the same', () => {
      expect(['', 'unknown', 'x'.repeat(1_000)].map(countedAddress)).to.deep.equal(['unknown', 'unknown', 'unknown']);
    });
  });
});
