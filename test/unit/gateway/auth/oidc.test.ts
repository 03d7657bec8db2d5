import { expect } from 'chai';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { OidcTokens, type OidcTokensOptions } from '../../../../gateway/auth/oidc.js';
import { anIdentityProvider, type IdentityProvider } from '../../../support/identity-provider.js';

describe('tokens of an OpenID provider', () => {
  let provider: IdentityProvider;
  let aheadMs: number;
  beforeEach(async () => {
    provider = await anIdentityProvider();
    aheadMs = 0;
  });
  afterEach(() => provider.stop());

  const tokens = (overrides: Partial<OidcTokensOptions> = {}) =>
    new OidcTokens({
      ...{ issuer: provider.issuer, audience: 'guichet', algorithms: ['ES256', 'RS256'], scopePrefix: 'guichet:' },
      ...{ rolesClaim: 'roles', roles: { 'box-office': ['sales', 'listings'] }, clockSkewSeconds: 5 },
      ...{ nowMs: () => Date.now() + aheadMs, cooldownMs: 0, ...overrides },
    });
  const scopesOf = async (verifier: OidcTokens, token: string) => [...((await verifier.verify(token))?.scopes ?? [])];
  const refusal = async (verifier: OidcTokens, token: string) => {
    try {
      await verifier.verify(token);
    } catch (error) {
      const { code, details } = error as { code: string; details: { reason: string } };
      return [code, details.reason];
    }
    return 'none';
  };
  const part = (of: object) => Buffer.from(JSON.stringify(of)).toString('base64url');

  it('give the scopes that have our prefix and that we know', async () => {
    const token = await provider.token({ scope: 'guichet:sales guichet:door guichet:nonsense admin' });
    expect(await scopesOf(tokens(), token)).to.have.members(['sales', 'door']);
  });

  it('give the scopes of their roles', async () => {
    const token = await provider.token({ roles: ['box-office', 'constructor', 'stage-hand'] });
    expect(await scopesOf(tokens(), token)).to.have.members(['sales', 'listings']);
  });

  it('name their subject by a digest, the same for each token', async () => {
    const [one, other] = [await provider.token(), await provider.token()];
    const ids = await Promise.all([one, other].map(async (token) => (await tokens().verify(token))?.caller));
    expect(ids[0]).to.deep.equal(ids[1]);
    expect(ids[0]?.kind).to.equal('token');
    expect(ids[0]?.id).not.to.include(decodeJwt(one).sub!);
  });

  it('are refused when they are for somebody else', async () => {
    const token = await provider.token({ audience: 'another-service' });
    expect(await refusal(tokens(), token)).to.deep.equal(['UNAUTHENTICATED', 'has a claim that does not hold: aud']);
  });

  it('are refused when they have expired, but for the skew of clocks', async () => {
    const token = await provider.token();
    const endsMs = decodeJwt(token).exp! * 1_000;
    const after = (ms: number) => tokens({ nowMs: () => endsMs + ms });
    expect(await scopesOf(after(4_000), token)).to.deep.equal(['sales']);
    expect(await refusal(after(6_000), token)).to.deep.equal(['UNAUTHENTICATED', 'has expired']);
  });

  it('are refused without a signature', async () => {
    const [, payload] = (await provider.token()).split('.');
    const reason = 'is signed with an algorithm that is not allowed';
    expect(await refusal(tokens(), `${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.`)).to.deep.equal([
      'UNAUTHENTICATED',
      reason,
    ]);
    // The public key is no secret.
    expect(await refusal(tokens(), `${part({ alg: 'HS256' })}.${payload}.${part({})}`)).to.deep.equal([
      'UNAUTHENTICATED',
      reason,
    ]);
  });

  it('are refused when one byte of them was changed', async () => {
    const [header, payload, signature] = (await provider.token()).split('.');
    const changed = part({ ...decodeJwt(`${header}.${payload}.${signature}`), scope: 'guichet:admin' });
    expect(await refusal(tokens(), `${header}.${changed}.${signature}`)).to.deep.equal([
      'UNAUTHENTICATED',
      'is no token of the issuer',
    ]);
  });

  const signedBy = async (header: object, issuer = provider.issuer) => {
    const { privateKey } = await generateKeyPair('ES256');
    const signing = new SignJWT({ scope: 'guichet:sales' }).setIssuer(issuer).setAudience('guichet');
    return signing
      .setSubject('x')
      .setExpirationTime('1h')
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(privateKey);
  };

  it('are refused when a key signed them that the issuer does not publish', async () => {
    const reason = 'is signed with a key that its issuer does not publish';
    expect(await refusal(tokens(), await signedBy({ kid: 'made-up' }))).to.deep.equal(['UNAUTHENTICATED', reason]);
  });

  it('do not have the issuer asked for each key that somebody makes up', async () => {
    const verifier = tokens({ cooldownMs: 60_000 });
    await verifier.verify(await provider.token());
    const before = provider.asked();
    for (const kid of ['a', 'b', 'c']) await refusal(verifier, await signedBy({ kid }));
    expect(provider.asked()).to.equal(before);
  });

  it('do not have an issuer that is down asked for each of them either', async () => {
    const now = Date.now();
    const verifier = tokens({ nowMs: () => now });
    await verifier.verify(await provider.token());
    const tokensOfNobody = await Promise.all(['a', 'b', 'c'].map((kid) => signedBy({ kid })));
    provider.breakDown();
    const before = provider.asked();
    for (const token of tokensOfNobody) expect((await refusal(verifier, token))[0]).to.equal('ISSUER_UNAVAILABLE');
    expect(provider.asked() - before).to.equal(1);
  });

  it('are refused when another key signed them under a published name', async () => {
    const { kid } = decodeProtectedHeader(await provider.token());
    expect((await refusal(tokens(), await signedBy({ kid })))[0]).to.equal('UNAUTHENTICATED');
  });

  it('are refused when they are of another kind', async () => {
    expect(await scopesOf(tokens(), await provider.sign({ typ: 'JWT' }))).to.deep.equal(['sales']);
    const token = await provider.sign({ typ: 'logout+jwt' });
    expect(await refusal(tokens(), token)).to.deep.equal(['UNAUTHENTICATED', 'is no access token']);
  });

  it('hold after the issuer has changed its keys, and those of before do not', async () => {
    const verifier = tokens();
    const old = await provider.token();
    await verifier.verify(old);
    await provider.rotate();
    expect(await scopesOf(verifier, await provider.token())).to.deep.equal(['sales']);
    expect((await refusal(verifier, old))[0]).to.equal('UNAUTHENTICATED');
  });

  it('are not called wrong when the issuer does not answer', async () => {
    const token = await provider.token();
    await provider.stop();
    const now = Date.now();
    const verifier = tokens({ nowMs: () => now + aheadMs });
    expect((await refusal(verifier, token))[0]).to.equal('ISSUER_UNAVAILABLE');
    await provider.startAgain();
    expect((await refusal(verifier, token))[0], 'it is asked once a second').to.equal('ISSUER_UNAVAILABLE');
    aheadMs = 1_000;
    expect(await scopesOf(verifier, token)).to.deep.equal(['sales']);
  });

  it('hold by known keys while the issuer does not answer', async () => {
    const verifier = tokens();
    const [one, other] = [await provider.token(), await provider.token()];
    await verifier.verify(one);
    await provider.stop();
    expect(await scopesOf(verifier, other)).to.deep.equal(['sales']);
    await provider.startAgain();
  });

  it('are nothing to do with an issuer whose metadata names another', async () => {
    const issuer = provider.issuer.replace('127.0.0.1', 'localhost');
    const token = await signedBy({}, issuer);
    expect((await refusal(tokens({ issuer }), token))[0]).to.equal('ISSUER_UNAVAILABLE');
  });

  it('of another issuer have nobody asked for keys', async () => {
    const token = await signedBy({}, 'https://another.example');
    await provider.stop();
    const reason = 'has a claim that does not hold: iss';
    expect(await refusal(tokens(), token)).to.deep.equal(['UNAUTHENTICATED', reason]);
    await provider.startAgain();
  });

  describe('as time goes by', () => {
    const realNow = Date.now;
    const minutes = (count: number) => void (Date.now = () => realNow() + count * 60_000);
    const aVerifier = () => tokens({ nowMs: () => Date.now() });
    afterEach(() => (Date.now = realNow));

    it('hold by the keys that the issuer had while it does not answer, for a day', async () => {
      const verifier = aVerifier();
      const token = await provider.sign({});
      await verifier.verify(token);
      await provider.stop();
      for (const after of [9, 11, 50]) {
        minutes(after);
        expect(await scopesOf(verifier, token), `after ${after} minutes`).to.deep.equal(['sales']);
      }
      minutes(24 * 60 - 1);
      expect(await refusal(verifier, token)).to.deep.equal(['UNAUTHENTICATED', 'has expired']);
      minutes(24 * 60);
      expect((await refusal(verifier, token))[0]).to.equal('ISSUER_UNAVAILABLE');
      await provider.startAgain();
      minutes(24 * 60 + 1);
      expect(await refusal(verifier, token)).to.deep.equal(['UNAUTHENTICATED', 'has expired']);
    });

    it('do not hold for longer than ten minutes by a key that was withdrawn', async () => {
      const verifier = aVerifier();
      const token = await provider.sign({});
      await verifier.verify(token);
      await provider.rotate();
      minutes(9);
      expect(await scopesOf(verifier, token)).to.deep.equal(['sales']);
      minutes(10);
      expect((await refusal(verifier, token))[0]).to.equal('UNAUTHENTICATED');
    });
  });

  it('are not what has another form', async () => {
    expect(await tokens().verify('gk_not-a-jwt')).to.be.undefined;
  });
});
