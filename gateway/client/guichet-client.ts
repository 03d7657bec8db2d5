/** A small typed client of the REST interface, on `fetch`. What the gateway refuses is thrown as a `ProblemError`. */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { KeyUse } from '../../chaincode/domain/records.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import type { Certificate } from '../certificate/certificate.js';
import { readProblem } from './problem-error.js';
import type {
  AdmissionReceipt,
  AllotmentReceipt,
  AllotmentResource,
  Availability,
  BlockPage,
  EventResource,
  HolderResource,
  ItemOutcome,
  KeyReceipt,
  NetworkResource,
  OrganizationResource,
  Receipt,
  SaleReceipt,
  TicketChangeReceipt,
  TicketHistory,
  TicketResource,
  TransactionResource,
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
export type NewVoid = Identified & Omit<Unclaimed<Payload<'void'>>, 'event'>;
export type NewChange = Identified & Omit<Unclaimed<Payload<'event-change'>>, 'event'>;
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
export interface NewSale {
  readonly request: string;
  readonly sale?: string;
  readonly allotment?: string;
}

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

  events = (query: Record<string, string> = {}) =>
    this.#get<{ events: EventResource[]; next?: string }>(`/v1/events?${new URLSearchParams(query).toString()}`);
  event = (event: string) => this.#get<EventResource>(`/v1/events/${event}`);
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

  ticket = (ticket: string) => this.#get<TicketResource>(`/v1/tickets/${ticket}`);
  history = (ticket: string) => this.#get<TicketHistory>(`/v1/tickets/${ticket}/history`);
  certificate = (ticket: string) => this.#get<Certificate>(`/v1/tickets/${ticket}/certificate`);
  holder = (event: string, holder: string) => this.#get<HolderResource>(`/v1/events/${event}/holders/${holder}`);

  registerDevice = (event: string, device: NewDevice) => this.#post<KeyReceipt>(`/v1/events/${event}/devices`, device);
  revokeDevice = (event: string, device: string) => this.#delete<Receipt>(`/v1/events/${event}/devices/${device}`);
  admit = (scan: string, presentation?: string) =>
    this.#post<AdmissionReceipt>('/v1/admissions', { scan, presentation });

  blocks = (query: Record<string, string> = {}) =>
    this.#get<BlockPage>(`/v1/blocks?${new URLSearchParams(query).toString()}`);
  transaction = (tx: string) => this.#get<TransactionResource>(`/v1/transactions/${tx}`);
  network = () => this.#get<NetworkResource>('/v1/network');
  ready = () => this.#get<{ status: 'ok'; height: number }>('/health/ready');

  async #get<T>(path: string): Promise<T> {
    return (await this.#call<T>('GET', path)).body;
  }

  #post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.#call<T>('POST', path, JSON.stringify(body));
  }

  #delete<T>(path: string): Promise<Answer<T>> {
    return this.#call<T>('DELETE', path);
  }

  /** The gateway checks each answer against its schema before it is sent; it is believed here. */
  async #call<T>(method: string, path: string, body?: string): Promise<Answer<T>> {
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(this.#token !== undefined && { Authorization: `Bearer ${this.#token}` }),
    };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw readProblem(response.status, answer);
    return { body: answer, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
  }
}
