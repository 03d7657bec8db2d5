/** A small typed client of the REST interface, on `fetch`. What the gateway refuses is thrown as a `ProblemError`. */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { Action } from '../../chaincode/domain/governance/action.js';
import type { KeyUse } from '../../chaincode/domain/records.js';
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import type { AttestationRequest } from '../attestation/attestation-desk.js';
import type { Certificate } from '../certificate/certificate.js';
import { readProblem } from './problem-error.js';
import type {
  AdmissionReceipt,
  AllotmentReceipt,
  AllotmentResource,
  AttestationResource,
  Availability,
  BlockPage,
  CommitteeResource,
  DepositReceipt,
  DepositResource,
  DepositWithdrawalReceipt,
  DoorListPage,
  EnrolmentReceipt,
  EnrolmentResource,
  EventResource,
  ExplainedPolicy,
  HolderResource,
  IdentityPolicyResource,
  ItemOutcome,
  KeyGenerationResource,
  KeyReceipt,
  KeyStepReceipt,
  ListedReceipt,
  ListingResource,
  MarketResource,
  MarketView,
  NetworkResource,
  OrderProofResource,
  OrderReceipt,
  OrderResource,
  OrganizationResource,
  PaidReceipt,
  PayoutReceipt,
  PersonReceipt,
  PersonResource,
  PolicyChangeReceipt,
  PolicyDefaultsResource,
  ProposalResource,
  Receipt,
  ResaleReceipt,
  ResultPage,
  SaleReceipt,
  SettlementResource,
  SharedKeyResource,
  StatementResource,
  TicketChangeReceipt,
  TicketHistory,
  TicketResource,
  TransactionResource,
  VoteReceipt,
} from './resources.js';

export interface GuichetClientOptions {
  /** Base of a gateway, without `/v1`. */
  readonly baseUrl: string;
  /** The operator's token, for what uses the organization's own signature or identity. */
  readonly token?: string;
  readonly timeoutMs?: number;
}

/** An answer and whether it is the first one's. */
export interface Answer<T> {
  readonly body: T;
  readonly replayed: boolean;
}

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

/** A type, not an interface: so that it is a record of texts. */
export type StatementRequest = Readonly<{ currency: string }> &
  Readonly<Partial<Record<'organization' | 'from' | 'to' | 'through' | 'after' | 'limit', string>>>;

const DEFAULT_TIMEOUT_MS = 60_000;

export class GuichetClient {
  readonly #baseUrl: string;
  readonly #token: string | undefined;
  readonly #timeoutMs: number;

  constructor({ baseUrl, token, timeoutMs = DEFAULT_TIMEOUT_MS }: GuichetClientOptions) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#token = token;
    this.#timeoutMs = timeoutMs;
  }

  organizations = () => this.#get<{ organizations: OrganizationResource[] }>('/v1/organizations');
  organization = (mspId: string) => this.#get<Required<OrganizationResource>>(`/v1/organizations/${mspId}`);
  registerKey = (mspId: string, key: NewKey) => this.#post<KeyReceipt>(`/v1/organizations/${mspId}/keys`, key);
  revokeKey = (mspId: string, kid: string) => this.#delete<Receipt>(`/v1/organizations/${mspId}/keys/${kid}`);

  organizationPolicy = (mspId: string) => this.#get<PolicyDefaultsResource>(`/v1/organizations/${mspId}/policy`);
  /** What this gateway's organization says for events that are created from now on. */
  setPolicy = (policy: PolicyPart, id?: string) =>
    this.#post<Receipt & { version: number }>('/v1/policies', { policy, ...(id !== undefined && { id }) });

  proposals = (query: Record<string, string> = {}) =>
    this.#get<{ proposals: ProposalResource[]; next?: string }>(
      `/v1/proposals?${new URLSearchParams(query).toString()}`,
    );
  /** @param proposal `<MSP>/<id>`, here and below */
  proposal = (proposal: string) => this.#get<ProposalResource>(`/v1/proposals/${proposal}`);
  propose = (proposal: NewProposal) => this.#post<VoteReceipt>('/v1/proposals', proposal);
  vote = (proposal: string, vote: NewVote) => this.#post<VoteReceipt>(`/v1/proposals/${proposal}/votes`, vote);
  expireProposal = (proposal: string) => this.#post<VoteReceipt>(`/v1/proposals/${proposal}/expire`, {});
  /** Of the present epoch, unless told otherwise. */
  committee = (epoch?: number) =>
    this.#get<CommitteeResource>(`/v1/committee${epoch === undefined ? '' : `?epoch=${epoch}`}`);

  /** @param key `dedup` or an event's id, here and below */
  key = (key: string) => this.#get<SharedKeyResource>(`/v1/keys/${key}`);
  keyGeneration = (key: string, generation: number) =>
    this.#get<KeyGenerationResource>(`/v1/keys/${key}/generations/${generation}`);
  generateKey = (key: NewSharedKey) => this.#post<KeyStepReceipt & { epoch: number }>('/v1/keys', key);
  advanceKey = (key: string, generation: number) =>
    this.#post<KeyStepReceipt & { round: string }>(`/v1/keys/${key}/generations/${generation}/advance`, {});
  postKeyMessage = (statement: string) => this.#post<KeyStepReceipt>('/v1/key-messages', { statement });
  person = (person: string) => this.#get<PersonResource>(`/v1/persons/${person}`);
  registerPerson = (person: string, registration: NewRegistration) =>
    this.#post<PersonReceipt>('/v1/persons', { person, ...registration });
  activatePerson = (person: string) => this.#post<Receipt & { person: string }>(`/v1/persons/${person}/activate`, {});
  enrolment = (event: string, credential: string) =>
    this.#get<EnrolmentResource>(`/v1/events/${event}/enrolments/${credential}`);
  enrol = (event: string, registration: NewRegistration) =>
    this.#post<EnrolmentReceipt>(`/v1/events/${event}/enrolments`, registration);
  activateEnrolment = (event: string, credential: string) =>
    this.#post<Receipt & { credential: string }>(`/v1/events/${event}/enrolments/${credential}/activate`, {});
  veto = (statement: string) =>
    this.#post<Receipt & { subject: string; sequence: number }>('/v1/vetoes', { statement });

  /** @param document the machine-readable zone, as shown @param asked what the person's wallet shows */
  attest = (document: string, asked: AttestationRequest) =>
    this.#post<AttestationResource>('/v1/attestations', { document, request: asked });
  identityPolicy = () => this.#get<IdentityPolicyResource>('/v1/identity-policy');

  events = (query: Record<string, string> = {}) =>
    this.#get<{ events: EventResource[]; next?: string }>(`/v1/events?${new URLSearchParams(query).toString()}`);
  event = (event: string) => this.#get<EventResource>(`/v1/events/${event}`);
  policy = (event: string, query: Record<string, string> = {}) =>
    this.#get<ExplainedPolicy>(`/v1/events/${event}/policy?${new URLSearchParams(query).toString()}`);
  changePolicy = (event: string, policy: NewPolicy) =>
    this.#post<PolicyChangeReceipt>(`/v1/events/${event}/policy`, policy);
  createEvent = (event: NewEvent) => this.#post<Receipt & { event: string }>('/v1/events', event);
  changeEvent = (event: string, change: NewChange) =>
    this.#post<Receipt & { change: number }>(`/v1/events/${event}/changes`, change);
  closeSales = (event: string) => this.#post<Receipt>(`/v1/events/${event}/sales/close`, {});
  reopenSales = (event: string) => this.#post<Receipt>(`/v1/events/${event}/sales/reopen`, {});
  advance = (event: string) => this.#post<Receipt>(`/v1/events/${event}/advance`, {});

  allotments = (event: string, query: Record<string, string> = {}) =>
    this.#get<{ allotments: AllotmentResource[]; next?: string }>(
      `/v1/events/${event}/allotments?${new URLSearchParams(query).toString()}`,
    );
  createAllotment = (event: string, allotment: NewAllotment) =>
    this.#post<AllotmentReceipt>(`/v1/events/${event}/allotments`, allotment);
  createAllotments = (event: string, allotments: readonly NewAllotment[]) =>
    this.#post<{ outcomes: ItemOutcome[] }>(`/v1/events/${event}/allotments`, allotments);
  closeAllotment = (event: string, allotment: string) =>
    this.#post<Receipt>(`/v1/events/${event}/allotments/${allotment}/close`, {});
  availability = (event: string, allotment: string) =>
    this.#get<Availability>(`/v1/events/${event}/allotments/${allotment}/availability`);

  sell = (sale: NewSale) => this.#post<SaleReceipt>('/v1/sales', sale);
  transfer = (transfer: string, acceptance: string) =>
    this.#post<TicketChangeReceipt>('/v1/transfers', { transfer, acceptance });
  takeBack = (statement: string) => this.#post<TicketChangeReceipt>('/v1/returns', { statement });
  void = (ticket: NewVoid) => this.#post<TicketChangeReceipt>('/v1/voids', ticket);

  /** Offers that can be taken now. */
  listings = (event: string, query: Record<string, string> = {}) =>
    this.#get<{ listings: ListingResource[]; next?: string }>(
      `/v1/events/${event}/listings?${new URLSearchParams(query).toString()}`,
    );
  listing = (ticket: string) => this.#get<ListingResource>(`/v1/tickets/${ticket}/listing`);
  createListing = (listing: string) => this.#post<ListedReceipt>('/v1/listings', { listing });
  withdraw = (withdrawal: string) => this.#post<TicketChangeReceipt>('/v1/withdrawals', { withdrawal });
  /** Anybody may have it recorded that an offer's time is over. */
  expireListing = (ticket: string) => this.#post<TicketChangeReceipt>('/v1/expiries', { ticket });
  resell = (purchase: string) => this.#post<ResaleReceipt>('/v1/resales', { purchase });
  payout = (payout: string) => this.#post<PayoutReceipt>('/v1/payouts', { payout });
  refund = (claim: string) => this.#post<PaidReceipt>('/v1/refunds', { claim });
  /** @param issue the newest if absent, here and below */
  settle = (ticket: string, issue?: number) => this.#post<PaidReceipt>('/v1/settlements', { ticket, issue });
  settlement = (ticket: string, issue?: number) =>
    this.#get<SettlementResource>(`/v1/tickets/${ticket}/settlement${issue === undefined ? '' : `?issue=${issue}`}`);

  openMarket = (event: string, market: NewMarket | { readonly statement: string }) =>
    this.#post<Receipt & { market: string }>(`/v1/events/${event}/markets`, market);
  markets = (event: string, query: Record<string, string> = {}) =>
    this.#get<{ markets: MarketResource[]; next?: string }>(
      `/v1/events/${event}/markets?${new URLSearchParams(query).toString()}`,
    );
  /** @param market its id, here and below */
  market = (market: string) => this.#get<MarketView>(`/v1/markets/${market}`);
  createDeposit = (market: string, statement: string) =>
    this.#post<DepositReceipt>(`/v1/markets/${market}/deposits`, { statement });
  withdrawDeposit = (market: string, statement: string) =>
    this.#post<DepositWithdrawalReceipt>(`/v1/markets/${market}/withdrawals`, { statement });
  deposit = (market: string, credential: string) =>
    this.#get<DepositResource>(`/v1/markets/${market}/deposits/${credential}`);
  placeOrder = (market: string, order: { readonly id: string; readonly sealed: string }) =>
    this.#post<OrderReceipt>(`/v1/markets/${market}/orders`, order);
  order = (market: string, mspId: string, slot: number) =>
    this.#get<OrderResource>(`/v1/markets/${market}/orders/${mspId}/${slot}`);
  orderProof = (market: string, mspId: string, slot: number) =>
    this.#get<OrderProofResource>(`/v1/markets/${market}/orders/${mspId}/${slot}/proof`);
  marketResults = (market: string, query: Record<string, string> = {}) =>
    this.#get<{ pages: ResultPage[]; next?: string }>(
      `/v1/markets/${market}/results?${new URLSearchParams(query).toString()}`,
    );

  ticket = (ticket: string) => this.#get<TicketResource>(`/v1/tickets/${ticket}`);
  history = (ticket: string) => this.#get<TicketHistory>(`/v1/tickets/${ticket}/history`);
  certificate = (ticket: string) => this.#get<Certificate>(`/v1/tickets/${ticket}/certificate`);
  holder = (event: string, holder: string) => this.#get<HolderResource>(`/v1/events/${event}/holders/${holder}`);

  registerDevice = (event: string, device: NewDevice) => this.#post<KeyReceipt>(`/v1/events/${event}/devices`, device);
  revokeDevice = (event: string, device: string) => this.#delete<Receipt>(`/v1/events/${event}/devices/${device}`);
  /** One page of 100 places: `syncDoorList` reads all of them. */
  doorList = (event: string, after?: string) =>
    this.#get<DoorListPage>(
      `/v1/events/${event}/door-list?${new URLSearchParams({ limit: '100', ...(after !== undefined && { after }) }).toString()}`,
    );
  admit = (scan: string, presentation?: string) =>
    this.#post<AdmissionReceipt>('/v1/admissions', { scan, presentation });

  statement = (query: StatementRequest) => this.#get<StatementResource>(`/v1/statements?${queryOf(query)}`);
  /** Every line of the period, as CSV. */
  statementCsv = (query: Omit<StatementRequest, 'limit'>) =>
    this.#text(`/v1/statements?${queryOf({ ...query, format: 'csv' })}`);

  blocks = (query: Record<string, string> = {}) =>
    this.#get<BlockPage>(`/v1/blocks?${new URLSearchParams(query).toString()}`);
  transaction = (tx: string) => this.#get<TransactionResource>(`/v1/transactions/${tx}`);
  network = () => this.#get<NetworkResource>('/v1/network');
  ready = () => this.#get<{ status: 'ok'; height: number }>('/health/ready');

  async #get<T>(path: string): Promise<T> {
    return (await this.#call<T>('GET', path)).body;
  }

  async #text(path: string): Promise<string> {
    const response = await this.#fetch('GET', path);
    if (!response.ok) throw readProblem(response.status, await response.json());
    return response.text();
  }

  #post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.#call<T>('POST', path, JSON.stringify(body));
  }

  #delete<T>(path: string): Promise<Answer<T>> {
    return this.#call<T>('DELETE', path);
  }

  /** The gateway checks each answer against its schema before it is sent; it is believed here. */
  async #call<T>(method: string, path: string, body?: string): Promise<Answer<T>> {
    const response = await this.#fetch(method, path, body);
    const answer = (await response.json()) as T;
    if (!response.ok) throw readProblem(response.status, answer);
    return { body: answer, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
  }

  #fetch(method: string, path: string, body?: string): Promise<Response> {
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(this.#token !== undefined && { Authorization: `Bearer ${this.#token}` }),
    };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    return fetch(`${this.#baseUrl}${path}`, { method, headers, signal, ...(body !== undefined && { body }) });
  }
}

const queryOf = (query: Readonly<Record<string, string>>): string => new URLSearchParams(query).toString();
