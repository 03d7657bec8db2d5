/** Every operation with every role, from one table: what is not in it fails, so that a new operation says here too whose it is. */
import { expect } from 'chai';
import { digestOfSecret } from '../../../../gateway/auth/digest.js';
import { SCOPE_NAMES, type Scope } from '../../../../gateway/auth/scopes.js';
import { proveRequest } from '../../../../gateway/client/request-proof.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import type { Method, Operation } from '../../../../gateway/http/operation.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { anIdentityProvider, type IdentityProvider } from '../../../support/identity-provider.js';
import { aGateway, TOKEN, type TestGateway } from '../http/a-gateway.js';
import { anOpenEvent, EVENT, newEvent } from '../http/a-scene.js';
import { send } from '../http/raw.js';
import { lendStore } from '../../../support/lent-databases.js';

/** Whose each operation is: everybody's, a holder's, or whose credential has the scope; `+device`: a gate device's of the event too. */
const WHOSE: Readonly<Record<'public' | 'holder' | 'door+device' | Scope, string>> = {
  public: `
    listOrganizations getOrganization getOrganizationPolicy listProposals getProposal getCommittee
    listEvents getEvent explainPolicy listAllotments getAllotment getAvailability
    getTicket getTicketHistory getTicketCertificate getHolder createTransfer
    listListings getListing createWithdrawal createExpiry getSettlement createSettlement createRefund
    listMarkets getMarket listResults getDeposit createDepositWithdrawal getOrder getOrderProof
    getCommand listDevices createAdmission answerHandshake
    getKey getKeyGeneration advanceKey postKeyMessage
    getPerson registerPerson activatePerson enrolCredential getEnrolment activateEnrolment createVeto getIdentityPolicy
    listBlocks getBlock getTransaction getNetwork
    searchEvents getReadModel getEventAvailability searchTickets searchListings searchResales searchHistory searchMarkets
    streamEvents healthLive healthReady getOpenApi`,
  holder: 'getOwnAccounts getOwnTickets',
  'door+device': 'listDoor',
  events:
    'createEvent changeEvent closeSales reopenSales advanceEvent setPolicy changePolicy createAllotments closeAllotment',
  sales: 'createSale createReturn createVoid createHold getHold extendHold releaseHold',
  listings: 'createListing createResale',
  markets: 'openMarket createDeposit createOrder advanceMarket',
  keys: 'registerKey revokeKey generateKey',
  governance: 'createProposal createVote expireProposal',
  statements: 'getStatement searchAccounts',
  attestations: 'createAttestation',
  door: 'registerDevice revokeDevice beginHandshake',
  holders: 'searchHolders',
  webhooks:
    'createWebhook listWebhooks getWebhook changeWebhook removeWebhook rotateWebhookSecret replayWebhook listWebhookDeliveries',
  payments: 'createPayout listPayments getPayment refundPayment',
  metrics: 'metrics',
  admin: 'createApiKey listApiKeys getApiKey rotateApiKey revokeApiKey',
};

const VALUES: Readonly<Record<string, string>> = { event: EVENT, key: 'dedup', number: '0', mspId: 'OrganizerMSP' };
const AUDIENCE = 'guichet';
/** Not an operation of the document, whose roles it has all the same. */
const ALL: readonly Pick<Operation, 'id' | 'method' | 'path'>[] = [
  ...OPERATIONS,
  { id: 'metrics', method: 'GET', path: '/metrics' },
];
/** Credentials that don't hold: nothing is theirs, not even what is everybody's. */
const VOID = ['expired key', 'revoked key', 'unknown key', 'foreign token', 'no token at all'] as const;

type Outcome = 'passes' | 401 | 403;
type Headers = (method: Method, target: string) => Readonly<Record<string, string>>;

function expected(whose: string, role: string): Outcome {
  if ((VOID as readonly string[]).includes(role)) return 401;
  if (whose === 'public') return 'passes';
  if (role === 'nobody') return 401;
  if (whose === 'holder') return role === 'holder' ? 'passes' : 403;
  const [scope = '', also] = whose.split('+');
  const may = ['operator', `key for ${scope}`, `token for ${scope}`, ...(also === undefined ? [] : ['device'])];
  return may.includes(role) ? 'passes' : 403;
}

describe('every operation with every role', function () {
  this.timeout(240_000);
  const roles = new Map<string, Headers>();
  const secrets: string[] = [TOKEN];
  let gateway: TestGateway;
  let store: Store;
  let provider: IdentityProvider;
  let stranger: IdentityProvider;

  const bearer = (token: string): Headers => {
    secrets.push(token);
    return () => ({ Authorization: `Bearer ${token}` });
  };
  const signed = (options: Omit<Parameters<typeof proveRequest>[0], 'aud'>): Headers => {
    return (method, target) => {
      const proof = proveRequest({ aud: 'OrganizerMSP', ...options }, { method, target });
      secrets.push(proof);
      return { 'Guichet-Proof': proof };
    };
  };
  const newKey = async (scopes: readonly Scope[], expiresAt = Date.now() + 3_600_000) =>
    gateway.services.apiKeys.create({ name: 'test', scopes, expiresAt });

  before(async () => {
    [store, provider, stranger] = await Promise.all([lendStore(), anIdentityProvider(), anIdentityProvider()]);
    const { issuer } = provider;
    const taken = {
      scopePrefix: 'guichet:',
      algorithms: ['ES256'],
      rolesClaim: 'roles',
      roles: {},
      clockSkewSeconds: 0,
    };
    gateway = await aGateway({ store, auth: { clock: systemClock, oidc: { issuer, audience: AUDIENCE, ...taken } } });
    await anOpenEvent(gateway);
    const device = generateSigningKey();
    const registration = { event: EVENT, device: 'north-gate', jwk: device.jwk, notAfter: '2099-01-01T00:00:00Z' };
    const venue = gateway.network.submitterOf('VenueMSP');
    await venue.submit({ kind: 'device.register', id: 'north-gate-1', ...registration });
    const revoked = await newKey(SCOPE_NAMES);
    await gateway.services.apiKeys.revoke(revoked.key.id);
    roles
      .set('nobody', () => ({}))
      .set('operator', bearer(TOKEN))
      .set('device', signed({ key: device, device: { event: EVENT, device: 'north-gate' } }))
      .set('holder', signed({ key: generateSigningKey() }))
      .set('expired key', bearer((await newKey(SCOPE_NAMES, Date.now() - 1)).secret))
      .set('revoked key', bearer(revoked.secret))
      .set('unknown key', bearer(`gk_${'0'.repeat(16)}_${'0'.repeat(64)}`))
      .set('foreign token', bearer(await stranger.token({ scope: 'guichet:sales' })))
      .set('no token at all', bearer('somebody-made-this-up'));
    for (const scope of SCOPE_NAMES) {
      roles.set(`key for ${scope}`, bearer((await newKey([scope])).secret));
      roles.set(`token for ${scope}`, bearer(await provider.token({ scope: `guichet:${scope}` })));
    }
  });
  after(async () => {
    await gateway.close();
    await Promise.all([store.destroy(), provider.stop(), stranger.stop()]);
  });

  const whoseIs = (id: string) => Object.entries(WHOSE).find(([, ids]) => ids.trim().split(/\s+/).includes(id))?.[0];

  for (const { id, method, path } of ALL)
    it(`${id} (${whoseIs(id) ?? 'in no row'})`, async () => {
      const whose = whoseIs(id);
      if (whose === undefined) return expect.fail(`the table does not say whose ${id} is`);
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? 'h'.repeat(43));
      // Nobody knows that parameter, so whoever passes does nothing.
      const target = `${filled}?colour=red`;
      const found: Record<string, Outcome> = {};
      for (const [role, headers] of roles) {
        const response = await fetch(`${gateway.url}${target}`, { method, headers: headers(method, target) });
        const [{ status }, text] = [response, await response.text()];
        if (status === 403) expect(JSON.parse(text), `${role}: ${id}`).to.include({ code: 'SCOPE_MISSING' });
        found[role] = status === 401 || status === 403 ? status : 'passes';
      }
      expect(found).to.deep.equal(Object.fromEntries([...roles.keys()].map((role) => [role, expected(whose, role)])));
    });

  it('names no operation that there is not', () => {
    const named = Object.values(WHOSE).flatMap((ids) => ids.trim().split(/\s+/));
    expect(named.filter((id) => id !== '' && !ALL.some((operation) => operation.id === id))).to.be.empty;
  });

  it('says what is missing', async () => {
    const headers = roles.get('key for sales')!('POST', '/v1/events');
    const answer = await send(gateway, { method: 'POST', path: '/v1/events', body: '{}', headers });
    expect(answer.body).to.deep.include({
      code: 'SCOPE_MISSING',
      details: { field: 'Authorization', scope: 'events' },
    });
    expect(answer.headers.get('WWW-Authenticate')).to.include('error="insufficient_scope", scope="events"');
    const expired = await send(gateway, {
      path: '/v1/events',
      headers: roles.get('expired key')!('GET', '/v1/events'),
    });
    expect(expired.body).to.deep.include({ details: { field: 'Authorization', reason: 'has expired' } });
    expect(expired.headers.get('WWW-Authenticate')).to.include('error="invalid_token"');
  });

  it("does not let a device of another event take this one's list along", async () => {
    const other = generateSigningKey();
    await gateway.operator.createEvent(newEvent({ event: 'OrganizerMSP:matinee' }));
    const registration = {
      event: 'OrganizerMSP:matinee',
      device: 'west-gate',
      jwk: other.jwk,
      notAfter: '2099-01-01T00:00:00Z',
    };
    const venue = gateway.network.submitterOf('VenueMSP');
    await venue.submit({ kind: 'device.register', id: 'west-gate-1', ...registration });
    const ask = async (event: string) => {
      const path = `/v1/events/${event}/door-list`;
      const headers = signed({ key: other, device: { event: 'OrganizerMSP:matinee', device: 'west-gate' } })(
        'GET',
        path,
      );
      return (await send(gateway, { path, headers })).status;
    };
    expect([await ask(EVENT), await ask('OrganizerMSP:matinee')]).to.deep.equal([403, 200]);
  });

  it('writes no credential to the log, nor to the store', async () => {
    const log = gateway.log.join('\n');
    expect(log).to.include('answered');
    const rows = await store.selectFrom('api_keys').selectAll().execute();
    const kept = JSON.stringify(rows);
    for (const secret of secrets) {
      expect(log.includes(secret), 'the log has a secret').to.be.false;
      expect(kept.includes(secret), 'the store has a secret').to.be.false;
    }
    expect(kept).to.include(digestOfSecret(secrets.find((each) => each.startsWith('gk_'))!));
  });
});
