/** Collects a ticket's certificate from the ledger: each statement from the transaction that brought it. */
import { allotmentKey, eventKey, ticketKey, type Key } from '../../chaincode/domain/keys.js';
import { organizerOf, parseTicketId } from '../../chaincode/domain/ids.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Certificate, Hand } from './certificate.js';
import { collectCredentials } from './collect-credentials.js';
import { registeredKeyOf } from './key-history.js';
import {
  positionOf,
  provenanceOf,
  type Ledger,
  type Position,
  type Provenance,
  type RecordedCommand,
} from './provenance.js';
import { saidIn } from './said.js';

/** @throws {Refusal} UNKNOWN_TICKET. @throws {GatewayError} LEDGER_DISAGREES if the evidence is not where the records say it is */
export async function collectCertificate(ledger: Ledger, channel: string, ticket: string): Promise<Certificate> {
  const { event, place } = parseTicketId(ticket);
  const versions = await provenanceOf(ledger, ticketKey(event, place));
  const current = versions.at(-1)?.record;
  if (!current) return refuse('UNKNOWN_TICKET', { field: 'ticket', ticket });
  const [created, allotted] = await Promise.all([
    firstVersion(ledger, eventKey(event), 'event.create'),
    firstVersion(ledger, allotmentKey(event, current.allotment), 'allotment.create'),
  ]);
  const recorded = versions.flatMap(recordedIn);
  const sale = saleOf(recorded, place, current.issue);
  const hands = handsOf(recorded, current.issue);
  const [organizerKid, sellerKid] = [
    decodeStatement('event', created.statement, 'event').signer,
    decodeStatement('sale', sale.sale, 'sale').signer,
  ];
  const credentials = await collectCredentials(ledger, event, saidIn({ sale, hands }), current.holder);
  return {
    version: 3,
    channel,
    event,
    ticket,
    state: current,
    keys: {
      organizer: await registeredKeyOf(ledger, organizerOf(event), organizerKid),
      seller: await registeredKeyOf(ledger, allotted.record.seller, sellerKid),
    },
    ...(credentials && { credentials }),
    evidence: {
      event: { statement: created.statement, ...positionOf(created) },
      allotment: { statement: allotted.statement, ...positionOf(allotted) },
      sale,
      hands,
    },
  };
}

/** A command that wrote the ticket, and where it stands. One transaction may hold the end of one issue and the start of the next. */
type Recorded = RecordedCommand & { readonly at: Position };
const recordedIn = (version: Provenance<unknown>): readonly Recorded[] =>
  version.commands.map((each) => ({ ...each, at: positionOf(version) }));

/** The version that a signed statement made, and the statement. */
async function firstVersion<T>(
  ledger: Ledger,
  key: Key<T>,
  kind: string,
): Promise<Provenance<T> & { readonly statement: string }> {
  const [first] = await provenanceOf(ledger, key);
  const made = first?.commands.find((each) => each.kind === kind);
  if (!first || !made) throw new GatewayError('LEDGER_DISAGREES', { field: kind, key });
  return { ...first, statement: memberOf(made, 'statement') };
}

function memberOf({ kind, command, receipt }: RecordedCommand, member: string): string {
  const value = command[member];
  if (typeof value !== 'string')
    throw new GatewayError('LEDGER_DISAGREES', { field: `${kind}.${member}`, tx: receipt.tx });
  return value;
}

/** The sale whose receipt says that it made this issue of the place. */
function saleOf(recorded: readonly Recorded[], place: string, issue: number): Certificate['evidence']['sale'] {
  const sale = recorded.find(({ kind, receipt }) => {
    const { seats, issues } = receipt as { readonly seats?: readonly string[]; readonly issues?: readonly number[] };
    return kind === 'ticket.sell' && issues?.[seats?.indexOf(place) ?? -1] === issue;
  });
  if (!sale) throw new GatewayError('LEDGER_DISAGREES', { field: 'ticket.sell', issue });
  return { request: memberOf(sale, 'request'), sale: memberOf(sale, 'sale'), ...sale.at };
}

/** A resale stands where it was executed; the listing that it took is older. */
function handsOf(recorded: readonly Recorded[], issue: number): Hand[] {
  const hands = recorded.flatMap((each): Hand[] => {
    if (each.kind === 'ticket.transfer') {
      const [transfer, acceptance] = [memberOf(each, 'transfer'), memberOf(each, 'acceptance')];
      return [{ kind: 'transfer', transfer, acceptance, ...each.at }];
    }
    if (each.kind !== 'ticket.resell') return [];
    const purchase = memberOf(each, 'purchase');
    return [{ kind: 'resale', ...listingOf(recorded, purchase), purchase, ...each.at }];
  });
  return hands.filter((hand) => issueOf(hand) === issue);
}

const issueOf = (hand: Hand): number =>
  hand.kind === 'transfer'
    ? decodeStatement('transfer', hand.transfer, 'transfer').payload.issue
    : decodeStatement('resale-purchase', hand.purchase, 'purchase').payload.issue;

function listingOf(
  recorded: readonly Recorded[],
  purchase: string,
): { readonly listing: string; readonly listed: Position } {
  const { listing } = decodeStatement('resale-purchase', purchase, 'purchase').payload;
  const listed = recorded.find(({ kind, receipt }) => kind === 'ticket.list' && receipt.listing === listing);
  if (!listed) throw new GatewayError('LEDGER_DISAGREES', { field: 'ticket.list', listing });
  return { listing: memberOf(listed, 'listing'), listed: listed.at };
}
