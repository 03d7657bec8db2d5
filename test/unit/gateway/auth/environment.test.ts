import { expect } from 'chai';
import { z } from 'zod';
import { check, ConfigError } from '../../../../committee/service/configuration.js';
import { authConfigOf, authEnvironment } from '../../../../gateway/auth/environment.js';

describe('configuration of credentials', () => {
  const read = (environment: Readonly<Record<string, string>>) =>
    authConfigOf(check(z.object(authEnvironment), environment, ''));
  const mistakes = (environment: Readonly<Record<string, string>>): readonly string[] => {
    try {
      read(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.mistakes.map((line) => line.split(' ', 1)[0] ?? '');
      throw error;
    }
    return [];
  };
  const oidc = { GUICHET_OIDC_ISSUER: 'https://id.example', GUICHET_OIDC_AUDIENCE: 'guichet' };

  it('believes no provider and no proxy unless told to', () => {
    const limits = { perAddress: 12_000, perClient: 120_000 };
    expect(read({})).to.deep.equal({ oidc: undefined, limits, proxies: 0 });
  });

  it('reads a provider', () => {
    const roles = { 'box-office': ['sales', 'listings'] };
    const more = { GUICHET_OIDC_ROLES: JSON.stringify(roles), GUICHET_OIDC_ALGORITHMS: 'ES256, RS256' };
    expect(read({ ...oidc, ...more }).oidc).to.deep.equal({
      ...{ issuer: 'https://id.example', audience: 'guichet', algorithms: ['ES256', 'RS256'], roles },
      ...{ scopePrefix: 'guichet:', rolesClaim: 'roles', clockSkewSeconds: 30 },
    });
  });

  for (const [what, environment, ...names] of [
    ['an issuer without an audience', { GUICHET_OIDC_ISSUER: 'https://id.example' }, 'GUICHET_OIDC_AUDIENCE'],
    ['an audience without an issuer', { GUICHET_OIDC_AUDIENCE: 'guichet' }, 'GUICHET_OIDC_ISSUER'],
    [
      'an issuer that anybody on the way can play',
      { ...oidc, GUICHET_OIDC_ISSUER: 'http://id.example' },
      'GUICHET_OIDC_ISSUER',
    ],
    ['signatures with a shared secret', { ...oidc, GUICHET_OIDC_ALGORITHMS: 'HS256' }, 'GUICHET_OIDC_ALGORITHMS.0'],
    ['no signatures', { ...oidc, GUICHET_OIDC_ALGORITHMS: 'none' }, 'GUICHET_OIDC_ALGORITHMS.0'],
    ['a scope that there is not', { GUICHET_OIDC_ROLES: '{"a":["everything"]}' }, 'GUICHET_OIDC_ROLES.a.0'],
    ['roles that are not JSON', { GUICHET_OIDC_ROLES: 'a=b' }, 'GUICHET_OIDC_ROLES'],
    [
      'limits and proxies that are no numbers',
      { GUICHET_ADDRESS_LIMIT: 'x', GUICHET_PROXIES: '-1' },
      'GUICHET_ADDRESS_LIMIT',
      'GUICHET_PROXIES',
    ],
  ] as const)
    it(`refuses ${what}`, () => expect(mistakes(environment)).to.deep.equal(names));

  it('takes an issuer on this machine without TLS', () => {
    expect(mistakes({ ...oidc, GUICHET_OIDC_ISSUER: 'http://127.0.0.1:4000' })).to.be.empty;
  });
});
