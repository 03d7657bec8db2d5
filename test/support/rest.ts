/** Commands through a gateway's REST interface, and raw calls for what the typed client would not send. */
import type { Answer, GuichetClient } from '../../gateway/client/guichet-client.js';
import { readProblem } from '../../gateway/client/problem-error.js';
import type { Party } from './real-network.js';
import type { Command } from './statements.js';
import { until } from './until.js';

/** Where a gateway takes each kind of command, and in which body, from which JSON drops what is undefined; `DELETE` where there is none. */
const ROUTES: Readonly<Record<string, (command: Command) => readonly [path: string, body?: unknown]>> = {
  'keys.register': (command) => ['/v1/organizations/:own/keys', { ...command, kind: undefined }],
  'keys.revoke': ({ kid }) => [`/v1/organizations/:own/keys/${String(kid)}`],
  'event.create': ({ statement }) => ['/v1/events', { statement }],
  'event.change': ({ statement }) => [`/v1/events/${eventIn(statement)}/changes`, { statement }],
  'event.policy': ({ statement }) => [`/v1/events/${eventIn(statement)}/policy`, { statement }],
  'policy.set': ({ id, policy }) => ['/v1/policies', { id, policy }],
  'event.advance': ({ event, id }) => [`/v1/events/${String(event)}/advance`, { id }],
  'sales.close': ({ event, id }) => [`/v1/events/${String(event)}/sales/close`, { id }],
  'sales.reopen': ({ event, id }) => [`/v1/events/${String(event)}/sales/reopen`, { id }],
  'allotment.create': ({ statement }) => [`/v1/events/${eventIn(statement)}/allotments`, { statement }],
  'allotment.close': ({ event, allotment, id }) => [
    `/v1/events/${String(event)}/allotments/${String(allotment)}/close`,
    { id },
  ],
  'ticket.sell': ({ request, sale, payment }) => ['/v1/sales', { request, sale, payment }],
  'ticket.transfer': ({ transfer, acceptance }) => ['/v1/transfers', { transfer, acceptance }],
  'ticket.return': ({ statement }) => ['/v1/returns', { statement }],
  'ticket.void': ({ statement }) => ['/v1/voids', { statement }],
  'ticket.list': ({ listing }) => ['/v1/listings', { listing }],
  'ticket.unlist': ({ withdrawal }) => ['/v1/withdrawals', { withdrawal }],
  'listing.expire': ({ ticket }) => ['/v1/expiries', { ticket }],
  'ticket.resell': ({ purchase }) => ['/v1/resales', { purchase }],
  // Here gateways find out themselves who is to be paid.
  'ticket.refund': ({ claim }) => ['/v1/refunds', { claim }],
  'ticket.settle': ({ ticket, issue }) => ['/v1/settlements', { ticket, issue }],
  'account.payout': ({ payout }) => ['/v1/payouts', { payout }],
  'ticket.scan': ({ scan, presentation }) => ['/v1/admissions', { scan, presentation }],
  'device.register': ({ event, ...body }) => [`/v1/events/${String(event)}/devices`, { ...body, kind: undefined }],
  'device.revoke': ({ event, device }) => [`/v1/events/${String(event)}/devices/${String(device)}`],
  'market.open': ({ statement }) => [`/v1/events/${eventIn(statement)}/markets`, { statement }],
  'market.deposit': ({ statement }) => [`/v1/markets/${marketIn(statement)}/deposits`, { statement }],
  // Here gateways choose the slot.
  'market.order': ({ event, market, id, sealed }) => [
    `/v1/markets/${text(event)}:m${String(market)}/orders`,
    { id, sealed },
  ],
  'proposal.create': (command) => ['/v1/proposals', { ...command, kind: undefined }],
  'proposal.vote': ({ proposal, ...body }) => [`/v1/proposals/${String(proposal)}/votes`, { ...body, kind: undefined }],
  'key.generate': ({ id, event, generation }) => ['/v1/keys', { id, event, generation }],
  'key.post': ({ statement }) => ['/v1/key-messages', { statement }],
  'key.advance': ({ id, event, generation }) => [
    `/v1/keys/${event === undefined ? 'dedup' : text(event)}/generations/${String(generation)}/advance`,
    { id },
  ],
  'person.register': (command) => ['/v1/persons', { ...command, kind: undefined }],
  'credential.enrol': ({ event, ...body }) => [`/v1/events/${String(event)}/enrolments`, { ...body, kind: undefined }],
  'credential.veto': ({ statement }) => ['/v1/vetoes', { statement }],
  'credential.activate': ({ id, event, subject }) => [
    `/v1/${event === undefined ? 'persons' : `events/${text(event)}/enrolments`}/${text(subject)}/activate`,
    { id },
  ],
  'proposal.expire': ({ proposal, id }) => [`/v1/proposals/${String(proposal)}/expire`, { id }],
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Payload {
  readonly event: string;
  readonly market?: number;
}

const payloadIn = (statement: unknown): Payload =>
  JSON.parse(Buffer.from(String(statement).split('.')[1] ?? '', 'base64url').toString()) as Payload;

const eventIn = (statement: unknown): string => payloadIn(statement).event;

function marketIn(statement: unknown): string {
  const { event, market } = payloadIn(statement);
  return `${event}:m${String(market)}`;
}

export interface RestReceipt {
  readonly tx: string;
  readonly block?: number;
  readonly [member: string]: unknown;
}

/** Sends a command as its organization's operator. @throws {ProblemError} */
export async function send(party: Party, command: Command): Promise<Answer<RestReceipt>> {
  const [path, body] = ROUTES[command.kind]!(command);
  const method = body === undefined ? 'DELETE' : 'POST';
  const response = await call(
    party,
    method,
    path.replace(':own', party.mspId),
    body === undefined ? undefined : JSON.stringify(body),
  );
  const answer = (await response.json()) as RestReceipt;
  if (!response.ok) throw readProblem(response.status, answer);
  return { body: answer, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
}

export function call(
  { url, token }: Pick<Party, 'url' | 'token'>,
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const given = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers };
  return fetch(`${url}${path}`, { method, headers: given, ...(body !== undefined && { body }) });
}

/** Each gateway's own peer must have read a block before the gateway tells of it. */
export async function settled(parties: readonly { readonly client: GuichetClient }[], block: number): Promise<void> {
  await Promise.all(parties.map(({ client }) => until(async () => (await client.ready()).height > block)));
}
