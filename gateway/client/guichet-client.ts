/** The typed client with a name for each thing that a program does: what the tour, the season and the tests speak to gateways with. */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { Action } from '../../chaincode/domain/governance/action.js';
import type { KeyUse } from '../../chaincode/domain/records.js';
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import type { AttestationRequest } from '../attestation/attestation-desk.js';
import { ApiClient, type Answer, type ApiClientOptions, type QueryOf } from './api-client.js';
import type { AllotmentReceipt, ItemOutcome, OrganizationResource } from './resources.js';

export type { Answer };

interface Identified {
  readonly id?: string;
}
type Unclaimed<P> = Omit<P, 'channel' | 'jti' | 'exp'>;
export type NewEvent = Identified & Omit<Unclaimed<Payload<'event'>>, 'eventKey'>;
export type NewAllotment = Identified & Omit<Unclaimed<Payload<'allotment'>>, 'event'>;
export type NewMarket = Identified & Omit<Unclaimed<Payload<'market'>>, 'event'>;
export type NewVoid = Identified & Omit<Unclaimed<Payload<'void'>>, 'event'>;
export type NewChange = Identified & Omit<Unclaimed<Payload<'event-change'>>, 'event'>;
export type NewPolicy = Identified & Omit<Unclaimed<Payload<'policy'>>, 'event'>;
export interface NewKey extends Identified {
  readonly use: KeyUse;
  readonly jwk?: PublicJwk;
  readonly notBefore: string;
  readonly notAfter: string;
}
export interface NewDevice extends Identified {
  readonly device: string;
  readonly jwk: PublicJwk;
  readonly notAfter: string;
}
export interface NewProposal extends Identified {
  readonly action: Action;
  readonly expiresAt: string;
}
export interface NewVote extends Identified {
  /** The proposal's, as it was seen. */
  readonly action: Action;
  readonly approve: boolean;
}
export interface NewSharedKey extends Identified {
  /** The dedup key if absent. */
  readonly event?: string;
  /** The number of the event's market whose key it is. */
  readonly market?: number;
  readonly generation: number;
}
/** What t nodes have signed of a person or a credential, and what supports a replacement. */
export interface NewRegistration {
  readonly statements: readonly string[];
  readonly release?: string;
  readonly approvals?: readonly string[];
}
export interface NewSale {
  readonly request: string;
  readonly sale?: string;
  readonly allotment?: string;
}

export type StatementRequest = QueryOf<'/v1/statements'>;

export class GuichetClient {
  /** Every operation of the document by its path, for what has no name here. */
  readonly api: ApiClient;

  constructor(options: ApiClientOptions) {
    this.api = new ApiClient(options);
  }

  organizations = () => this.api.get('/v1/organizations');
  organization = async (mspId: string) =>
    (await this.api.get('/v1/organizations/{mspId}', { path: { mspId } })) as Required<OrganizationResource>;
  registerKey = (mspId: string, body: NewKey) =>
    this.api.post('/v1/organizations/{mspId}/keys', { path: { mspId }, body });
  revokeKey = (mspId: string, kid: string) =>
    this.api.delete('/v1/organizations/{mspId}/keys/{kid}', { path: { mspId, kid } });

  organizationPolicy = (mspId: string) => this.api.get('/v1/organizations/{mspId}/policy', { path: { mspId } });
  /** What this gateway's organization says for events that are created from now on. */
  setPolicy = (policy: PolicyPart, id?: string) =>
    this.api.post('/v1/policies', { body: { policy, ...(id !== undefined && { id }) } });

  proposals = (query: QueryOf<'/v1/proposals'> = {}) => this.api.get('/v1/proposals', { query });
  /** @param proposal `<MSP>/<id>`, here and below */
  proposal = (proposal: string) => this.api.get('/v1/proposals/{mspId}/{id}', { path: proposalIn(proposal) });
  propose = (body: NewProposal) => this.api.post('/v1/proposals', { body });
  vote = (proposal: string, body: NewVote) =>
    this.api.post('/v1/proposals/{mspId}/{id}/votes', { path: proposalIn(proposal), body });
  expireProposal = (proposal: string, body: Identified = {}) =>
    this.api.post('/v1/proposals/{mspId}/{id}/expire', { path: proposalIn(proposal), body });
  /** Of the present epoch, unless told otherwise. */
  committee = (epoch?: number) => this.api.get('/v1/committee', { query: epoch === undefined ? {} : { epoch } });

  /** @param key `dedup` or an event's id, here and below */
  key = (key: string) => this.api.get('/v1/keys/{key}', { path: { key } });
  keyGeneration = (key: string, generation: number) =>
    this.api.get('/v1/keys/{key}/generations/{generation}', { path: { key, generation } });
  generateKey = (body: NewSharedKey) => this.api.post('/v1/keys', { body });
  advanceKey = (key: string, generation: number, body: Identified = {}) =>
    this.api.post('/v1/keys/{key}/generations/{generation}/advance', { path: { key, generation }, body });
  postKeyMessage = (statement: string) => this.api.post('/v1/key-messages', { body: { statement } });
  person = (person: string) => this.api.get('/v1/persons/{person}', { path: { person } });
  registerPerson = (person: string, registration: NewRegistration) =>
    this.api.post('/v1/persons', { body: { person, ...registration } });
  activatePerson = (person: string, body: Identified = {}) =>
    this.api.post('/v1/persons/{person}/activate', { path: { person }, body });
  enrolment = (event: string, credential: string) =>
    this.api.get('/v1/events/{event}/enrolments/{credential}', { path: { event, credential } });
  enrol = (event: string, body: NewRegistration) =>
    this.api.post('/v1/events/{event}/enrolments', { path: { event }, body });
  activateEnrolment = (event: string, credential: string, body: Identified = {}) =>
    this.api.post('/v1/events/{event}/enrolments/{credential}/activate', { path: { event, credential }, body });
  veto = (statement: string) => this.api.post('/v1/vetoes', { body: { statement } });

  /** @param document the machine-readable zone, as shown @param request what the person's wallet shows */
  attest = (document: string, request: AttestationRequest) =>
    this.api.post('/v1/attestations', { body: { document, request } });
  identityPolicy = () => this.api.get('/v1/identity-policy');

  events = (query: QueryOf<'/v1/events'> = {}) => this.api.get('/v1/events', { query });
  event = (event: string) => this.api.get('/v1/events/{event}', { path: { event } });
  policy = (event: string, query: QueryOf<'/v1/events/{event}/policy'> = {}) =>
    this.api.get('/v1/events/{event}/policy', { path: { event }, query });
  changePolicy = (event: string, body: NewPolicy) =>
    this.api.post('/v1/events/{event}/policy', { path: { event }, body });
  createEvent = (body: NewEvent) => this.api.post('/v1/events', { body });
  changeEvent = (event: string, body: NewChange) =>
    this.api.post('/v1/events/{event}/changes', { path: { event }, body });
  closeSales = (event: string, body: Identified = {}) =>
    this.api.post('/v1/events/{event}/sales/close', { path: { event }, body });
  reopenSales = (event: string, body: Identified = {}) =>
    this.api.post('/v1/events/{event}/sales/reopen', { path: { event }, body });
  advance = (event: string, body: Identified = {}) =>
    this.api.post('/v1/events/{event}/advance', { path: { event }, body });

  allotments = (event: string, query: QueryOf<'/v1/events/{event}/allotments'> = {}) =>
    this.api.get('/v1/events/{event}/allotments', { path: { event }, query });
  createAllotment = async (event: string, body: NewAllotment) =>
    (await this.api.post('/v1/events/{event}/allotments', { path: { event }, body })) as Answer<AllotmentReceipt>;
  createAllotments = async (event: string, body: readonly NewAllotment[]) =>
    (await this.api.post('/v1/events/{event}/allotments', { path: { event }, body })) as Answer<{
      outcomes: ItemOutcome[];
    }>;
  closeAllotment = (event: string, allotment: string, body: Identified = {}) =>
    this.api.post('/v1/events/{event}/allotments/{allotment}/close', { path: { event, allotment }, body });
  availability = (event: string, allotment: string) =>
    this.api.get('/v1/events/{event}/allotments/{allotment}/availability', {
      path: { event, allotment },
    });

  sell = (body: NewSale) => this.api.post('/v1/sales', { body });
  transfer = (transfer: string, acceptance: string) =>
    this.api.post('/v1/transfers', { body: { transfer, acceptance } });
  takeBack = (statement: string) => this.api.post('/v1/returns', { body: { statement } });
  void = (body: NewVoid) => this.api.post('/v1/voids', { body });

  /** Offers that can be taken now. */
  listings = (event: string, query: QueryOf<'/v1/events/{event}/listings'> = {}) =>
    this.api.get('/v1/events/{event}/listings', { path: { event }, query });
  listing = (ticket: string) => this.api.get('/v1/tickets/{ticket}/listing', { path: { ticket } });
  createListing = (listing: string) => this.api.post('/v1/listings', { body: { listing } });
  withdraw = (withdrawal: string) => this.api.post('/v1/withdrawals', { body: { withdrawal } });
  /** Anybody may have it recorded that an offer's time is over. */
  expireListing = (ticket: string) => this.api.post('/v1/expiries', { body: { ticket } });
  resell = (purchase: string) => this.api.post('/v1/resales', { body: { purchase } });
  payout = (payout: string) => this.api.post('/v1/payouts', { body: { payout } });
  refund = (claim: string) => this.api.post('/v1/refunds', { body: { claim } });
  /** @param issue the newest if absent, here and below */
  settle = (ticket: string, issue?: number) =>
    this.api.post('/v1/settlements', { body: { ticket, ...(issue !== undefined && { issue }) } });
  settlement = (ticket: string, issue?: number) =>
    this.api.get('/v1/tickets/{ticket}/settlement', {
      path: { ticket },
      query: issue === undefined ? {} : { issue },
    });

  openMarket = (event: string, body: NewMarket | { readonly statement: string }) =>
    this.api.post('/v1/events/{event}/markets', { path: { event }, body });
  markets = (event: string, query: QueryOf<'/v1/events/{event}/markets'> = {}) =>
    this.api.get('/v1/events/{event}/markets', { path: { event }, query });
  /** @param market its id, here and below */
  market = (market: string) => this.api.get('/v1/markets/{market}', { path: { market } });
  createDeposit = (market: string, statement: string) =>
    this.api.post('/v1/markets/{market}/deposits', { path: { market }, body: { statement } });
  withdrawDeposit = (market: string, statement: string) =>
    this.api.post('/v1/markets/{market}/withdrawals', { path: { market }, body: { statement } });
  deposit = (market: string, credential: string) =>
    this.api.get('/v1/markets/{market}/deposits/{credential}', { path: { market, credential } });
  placeOrder = (market: string, body: { readonly id: string; readonly sealed: string }) =>
    this.api.post('/v1/markets/{market}/orders', { path: { market }, body });
  order = (market: string, mspId: string, slot: number) =>
    this.api.get('/v1/markets/{market}/orders/{mspId}/{slot}', { path: { market, mspId, slot } });
  orderProof = (market: string, mspId: string, slot: number) =>
    this.api.get('/v1/markets/{market}/orders/{mspId}/{slot}/proof', { path: { market, mspId, slot } });
  marketResults = (market: string, query: QueryOf<'/v1/markets/{market}/results'> = {}) =>
    this.api.get('/v1/markets/{market}/results', { path: { market }, query });

  ticket = (ticket: string) => this.api.get('/v1/tickets/{ticket}', { path: { ticket } });
  history = (ticket: string) => this.api.get('/v1/tickets/{ticket}/history', { path: { ticket } });
  certificate = (ticket: string) => this.api.get('/v1/tickets/{ticket}/certificate', { path: { ticket } });
  holder = (event: string, holder: string) =>
    this.api.get('/v1/events/{event}/holders/{holder}', { path: { event, holder } });

  registerDevice = (event: string, body: NewDevice) =>
    this.api.post('/v1/events/{event}/devices', { path: { event }, body });
  revokeDevice = (event: string, device: string) =>
    this.api.delete('/v1/events/{event}/devices/{device}', { path: { event, device } });
  /** One page of 1,000 places, the most that there may be: `syncDoorList` reads all of them. */
  doorList = (event: string, after?: string) =>
    this.api.get('/v1/events/{event}/door-list', {
      path: { event },
      query: { limit: 1_000, ...(after !== undefined && { after }) },
    });
  admit = (scan: string, presentation?: string) =>
    this.api.post('/v1/admissions', { body: { scan, ...(presentation !== undefined && { presentation }) } });

  statement = (query: StatementRequest) => this.api.get('/v1/statements', { query });
  /** Every line of the period, as CSV. */
  statementCsv = (query: Omit<StatementRequest, 'limit'>) =>
    this.api.text('/v1/statements', { query: { ...query, format: 'csv' } });

  blocks = (query: QueryOf<'/v1/blocks'> = {}) => this.api.get('/v1/blocks', { query });
  transaction = (tx: string) => this.api.get('/v1/transactions/{tx}', { path: { tx } });
  network = () => this.api.get('/v1/network');
  ready = () => this.api.get('/health/ready');
}

function proposalIn(proposal: string): { readonly mspId: string; readonly id: string } {
  const [mspId = '', id = ''] = proposal.split('/');
  return { mspId, id };
}
