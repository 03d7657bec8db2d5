/** Collects a ticket's certificate from the ledger: each statement from the transaction that brought it. */
import { allotmentKey, eventKey, organizationKeysKey, ticketKey, type Key } from '../../chaincode/domain/keys.js';
import { organizerOf, parseTicketId } from '../../chaincode/domain/ids.js';
import type { RegisteredKey, TicketRecord } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Certificate } from './certificate.js';
import { provenanceOf, type Ledger, type Provenance } from './provenance.js';

/** @throws {Refusal} UNKNOWN_TICKET. @throws {GatewayError} LEDGER_DISAGREES if the evidence is not where the records say it is */
export async function collectCertificate(ledger: Ledger, channel: string, ticket: string): Promise<Certificate> {
  const { event, place } = parseTicketId(ticket);
  const versions = await provenanceOf(ledger, ticketKey(event, place));
  const current = versions.at(-1)?.record;
  if (!current) return refuse('UNKNOWN_TICKET', { field: 'ticket', ticket });
  const ofIssue = versions.filter(({ record }) => record.issue === current.issue);
  const [created, allotted] = await Promise.all([
    firstVersion(ledger, eventKey(event), 'event.create'),
    firstVersion(ledger, allotmentKey(event, current.allotment), 'allotment.create'),
  ]);
  const sale = saleOf(ofIssue);
  return {
    version: 1,
    channel,
    event,
    ticket,
    state: current,
    keys: {
      organizer: await keyOf(ledger, organizerOf(event), decodeStatement('event', created.statement, 'event').signer),
      seller: await keyOf(ledger, allotted.record.seller, decodeStatement('sale', sale.sale, 'sale').signer),
    },
    evidence: {
      event: { statement: created.statement, ...positionOf(created) },
      allotment: { statement: allotted.statement, ...positionOf(allotted) },
      sale,
      transfers: transfersOf(ofIssue, ticket),
    },
  };
}

const positionOf = ({ tx, block, timestamp }: Provenance<unknown>) => ({ tx, block, timestamp });

/** The version that a signed statement made, and the statement. */
async function firstVersion<T>(
  ledger: Ledger,
  key: Key<T>,
  kind: string,
): Promise<Provenance<T> & { readonly statement: string }> {
  const [first] = await provenanceOf(ledger, key);
  if (!first) throw new GatewayError('LEDGER_DISAGREES', { field: 'history', key });
  return { ...first, statement: memberOf(first, kind, 'statement') };
}

function memberOf({ commands, tx }: Provenance<unknown>, kind: string, member: string): string {
  const value = commands.find((command) => command.kind === kind)?.[member];
  if (typeof value !== 'string') throw new GatewayError('LEDGER_DISAGREES', { field: kind, tx });
  return value;
}

function saleOf(versions: readonly Provenance<TicketRecord>[]) {
  const [first] = versions;
  if (!first) throw new GatewayError('LEDGER_DISAGREES', { field: 'ticket.sell' });
  const member = (name: string) => memberOf(first, 'ticket.sell', name);
  return { request: member('request'), sale: member('sale'), ...positionOf(first) };
}

function transfersOf(
  versions: readonly Provenance<TicketRecord>[],
  ticket: string,
): Certificate['evidence']['transfers'] {
  return versions.flatMap((version) =>
    version.commands
      .filter(({ kind }) => kind === 'ticket.transfer')
      .flatMap(({ transfer, acceptance }) => {
        if (typeof transfer !== 'string' || typeof acceptance !== 'string')
          throw new GatewayError('LEDGER_DISAGREES', { field: 'ticket.transfer', ticket });
        return [{ transfer, acceptance, ...positionOf(version) }];
      }),
  );
}

async function keyOf(
  { records }: Ledger,
  organization: string,
  kid: string,
): Promise<RegisteredKey & { readonly organization: string }> {
  const [registry] = await records.read([organizationKeysKey(organization)]);
  const key = registry?.keys.find((each) => each.kid === kid);
  if (!key) throw new GatewayError('LEDGER_DISAGREES', { field: 'keys', organization, kid });
  return { organization, ...key };
}
