/**
 * Keys of the world state, each typed by the record it holds. The event comes first and the kind second: with the kind first, LevelDB
 * compaction costs up to half the rate after 400,000 tickets. No id contains "/", so no two keys can meet.
 */
import { parsePlace } from './ids.js';
import type {
  AllotmentRecord,
  BlockRecord,
  CommandRecord,
  CommitteeRecord,
  DeviceRecord,
  EntriesRecord,
  EventRecord,
  FoundingRecord,
  GateRecord,
  HolderRecord,
  MembersRecord,
  ListingRecord,
  OrganizationKeysRecord,
  OrganizationRecord,
  PolicyDefaultsRecord,
  PolicyRecord,
  ProposalRecord,
  ScanRecord,
  SupplyRecord,
  TicketRecord,
} from './records.js';
import type { Gate } from './gates.js';

declare const holds: unique symbol;
/** A key under which a record of type T is stored. */
export type Key<T> = string & { readonly [holds]?: T };

export const foundingKey: Key<FoundingRecord> = 'consortium/founding';
export const membersKey: Key<MembersRecord> = 'consortium/members';
export const PROPOSAL_PREFIX = 'consortium/p/';
/** @param proposal the proposer's MSP id, "/" and the id of its command */
export const proposalKey = (proposal: string): Key<ProposalRecord> => `${PROPOSAL_PREFIX}${proposal}`;
export const currentCommitteeKey: Key<CommitteeRecord> = 'consortium/committee';
export const committeeKey = (epoch: number): Key<CommitteeRecord> => `${currentCommitteeKey}/${epoch}`;
/** Below it are all organizations. So with the other prefixes, for listing. */
export const ORGANIZATION_PREFIX = 'consortium/o/';
export const organizationKey = (msp: string): Key<OrganizationRecord> => `${ORGANIZATION_PREFIX}${msp}`;
export const organizationKeysKey = (msp: string): Key<OrganizationKeysRecord> => `consortium/k/${msp}`;
/** A key that was ever registered: never again, whatever has become of it. */
export const registeredKeyKey = (msp: string, kid: string): Key<true> => `${organizationKeysKey(msp)}/${kid}`;
export const EVENT_INDEX_PREFIX = 'consortium/e/';
export const eventIndexKey = (event: string): Key<true> => `${EVENT_INDEX_PREFIX}${event}`;

export const eventKey = (event: string): Key<EventRecord> => `${event}/e`;
export const policyKey = (event: string, version: number): Key<PolicyRecord> => `${event}/p/${version}`;
export const policyDefaultsKey = (msp: string): Key<PolicyDefaultsRecord> => `consortium/d/${msp}`;
export const supplyKey = (event: string): Key<SupplyRecord> => `${event}/n`;
export const gateKey = (event: string, gate: Gate): Key<GateRecord> => `${event}/x/${gate}`;
export const blockKey = (event: string, section: string): Key<BlockRecord> => `${event}/b/${section}`;
export const allotmentPrefix = (event: string): string => `${event}/a/`;
export const allotmentKey = (event: string, allotment: string): Key<AllotmentRecord> =>
  `${allotmentPrefix(event)}${allotment}`;
export const holderKey = (event: string, holder: string): Key<HolderRecord> => `${event}/h/${holder}`;
export const devicePrefix = (event: string): string => `${event}/g/`;
export const deviceKey = (event: string, device: string): Key<DeviceRecord> => `${devicePrefix(event)}${device}`;
export const scanKey = (event: string, device: string, number: number): Key<ScanRecord> =>
  `${event}/s/${device}/${number}`;
export const entriesKey = (event: string, tx: string): Key<EntriesRecord> => `${event}/m/${tx}`;

/** A sale is remembered by its payment: buyers choose the reference, so it must not meet an id that the seller chose. */
export const paymentKey = (event: string, seller: string, reference: string): Key<CommandRecord> =>
  `${event}/r/${seller}/${reference}`;

/** @param event undefined for commands that concern the consortium */
export const commandKey = (event: string | undefined, signer: string, id: string): Key<CommandRecord> =>
  `${event ?? 'consortium'}/c/${signer}/${id}`;

export const ticketKey = (event: string, placeId: string): Key<TicketRecord> => `${event}/t/${pathOf(placeId)}`;
/** A ticket that ended with money outstanding: its place may be sold again meanwhile. */
export const endedTicketKey = (event: string, placeId: string, issue: number): Key<TicketRecord> =>
  `${event}/q/${pathOf(placeId)}/${issue}`;
export const listingPrefix = (event: string): string => `${event}/l/`;
export const listingKey = (event: string, placeId: string): Key<ListingRecord> =>
  `${listingPrefix(event)}${pathOf(placeId)}`;

function pathOf(placeId: string): string {
  const { section, row, number } = parsePlace(placeId);
  return row === undefined ? `${section}/${number}` : `${section}/${row}/${number}`;
}

export const ticketPrefix = (event: string, section: string): string => `${event}/t/${section}/`;
/** Below it are all of an event's. */
export const ticketsPrefix = (event: string): string => `${event}/t/`;

/** The place of a ticket or listing by its key. */
export const placeOfTicketKey = (key: string): string => key.split('/').slice(2).join(':');
