/**
 * What each command is called once it is done, and what is told of it. Members are named one by one: keys, holders, credentials, signatures and sealed bytes
 * stay on the ledger, where whoever needs them reads them. A statement's form was checked when it was accepted; here it is only taken apart.
 */
import type { CommandKind } from '../../chaincode/domain/rules/index.js';

type Json = Readonly<Record<string, unknown>>;

export interface Told {
  readonly type: string | ((said: Json) => string);
  /** Member of the command that is the statement to read; the command itself where it has none. */
  readonly statement?: string;
  /** Members of what is said, and of the receipt. */
  readonly says?: readonly string[];
  readonly receipt?: readonly string[];
}

const MOVES = { admit: 'recorded', reenter: 'reentered', exit: 'left', undo: 'undone' } as const;
const CHANGES = { cancel: 'cancelled', postpone: 'postponed' } as const;
const oneOf =
  (names: Readonly<Record<string, string>>, prefix: string) =>
  ({ action }: Json): string =>
    `${prefix}.${names[String(action)] ?? ''}`;

const version = ['ticket', 'issue'] as const;
const market = ['market'] as const;
const page = ['market', 'page'] as const;
const key = ['key', 'generation'] as const;

export const TOLD = {
  'keys.register': { type: 'key.registered', says: ['use', 'notBefore', 'notAfter'], receipt: ['kid'] },
  'keys.revoke': { type: 'key.revoked', says: ['kid'] },
  'policy.set': { type: 'policy.changed', receipt: ['version'] },
  'event.create': {
    ...{ type: 'event.created', statement: 'statement', says: ['name', 'venue', 'currency', 'schedule'] },
    receipt: ['policy', 'policyHash'],
  },
  'event.change': { type: oneOf(CHANGES, 'event'), statement: 'statement', says: ['schedule'], receipt: ['change'] },
  'event.policy': { type: 'event.policy-changed', statement: 'statement', says: ['version'], receipt: ['policyHash'] },
  'event.advance': { type: 'event.advanced', receipt: ['moved'] },
  'sales.close': { type: 'sales.closed' },
  'sales.reopen': { type: 'sales.reopened', receipt: ['sales'] },
  'allotment.create': {
    ...{
      type: 'allotment.created',
      statement: 'statement',
      says: ['allotment', 'seller', 'priceClass', 'facePriceMinor'],
    },
    receipt: ['places'],
  },
  'allotment.close': { type: 'allotment.closed', says: ['allotment'] },
  'ticket.sell': {
    ...{
      type: 'ticket.sold',
      statement: 'sale',
      says: ['seller', 'allotment', 'facePriceMinor', 'feesMinor', 'totalMinor', 'currency'],
    },
    receipt: ['seats', 'issues'],
  },
  'ticket.transfer': { type: 'ticket.transferred', statement: 'transfer', says: version, receipt: ['change'] },
  'ticket.return': {
    type: 'ticket.returned',
    statement: 'statement',
    says: [...version, 'seller', 'allotment'],
    receipt: ['change'],
  },
  'ticket.void': { type: 'ticket.voided', statement: 'statement', says: [...version, 'reason'], receipt: ['change'] },
  'ticket.list': {
    ...{ type: 'listing.created', statement: 'listing', receipt: ['change', 'listing'] },
    says: [...version, 'reseller', 'askMinor', 'sellerFeeMinor', 'buyerFeeMinor', 'totalMinor', 'currency', 'exp'],
  },
  'ticket.unlist': {
    type: 'listing.withdrawn',
    statement: 'withdrawal',
    says: [...version, 'listing'],
    receipt: ['change'],
  },
  'listing.expire': { type: 'listing.expired', says: ['ticket', 'listing'], receipt: ['change'] },
  'ticket.resell': {
    ...{ type: 'resale.executed', statement: 'purchase', receipt: ['change'] },
    says: [...version, 'reseller', 'listing', 'totalMinor', 'currency'],
  },
  'ticket.refund': { type: 'ticket.refunded', statement: 'claim', says: version },
  'ticket.settle': { type: 'settlement.credited', says: version },
  'account.payout': { type: 'payout.made', statement: 'payout', says: ['payer', 'amountMinor', 'currency'] },
  'ticket.scan': {
    ...{ type: oneOf(MOVES, 'admission'), statement: 'scan', says: [...version, 'device', 'scannedAt'] },
    receipt: ['state', 'change'],
  },
  'device.register': { type: 'device.registered', says: ['device', 'notAfter'] },
  'device.revoke': { type: 'device.revoked', says: ['device'] },
  'proposal.create': { type: 'proposal.created', says: ['expiresAt'], receipt: ['proposal', 'state'] },
  'proposal.vote': { type: 'proposal.voted', says: ['proposal', 'approve'], receipt: ['state'] },
  'proposal.expire': { type: 'proposal.expired', says: ['proposal'] },
  'key.generate': { type: 'committee-key.begun', receipt: ['key', 'generation', 'epoch'] },
  'key.post': { type: 'committee-key.posted', receipt: key },
  'key.advance': { type: 'committee-key.advanced', says: key, receipt: ['round'] },
  'person.register': { type: 'person.registered' },
  'credential.enrol': { type: 'credential.enrolled' },
  'credential.veto': { type: 'credential.vetoed' },
  'credential.activate': { type: 'credential.activated' },
  'market.open': {
    type: 'market.opened',
    statement: 'statement',
    says: ['market', 'supply', 'closesAt', 'abortableAt'],
  },
  'market.deposit': { type: 'market.deposited', statement: 'statement', says: ['market', 'reseller'] },
  'market.withdraw': { type: 'market.withdrawn', statement: 'statement', says: ['market', 'reseller'] },
  'market.order': { type: 'market.order-taken', says: market, receipt: ['slot'] },
  'market.close': { type: 'market.closed', says: market },
  'market.freeze': { type: 'market.frozen', says: page, receipt: ['orders'] },
  'market.root': { type: 'market.rooted', says: market, receipt: ['root', 'orders'] },
  'market.supply': { type: 'market.supplied', says: page, receipt: ['free'] },
  'market.reveal': { type: 'market.share-revealed', statement: 'statement', says: market, receipt: ['index'] },
  'market.unseal': { type: 'market.revealed', says: market, receipt: ['nodes'] },
  'market.read': { type: 'market.read', says: page, receipt: ['orders', 'void'] },
  'market.clear': { type: 'market.cleared', says: market, receipt: ['trades', 'pages', 'written'] },
  'market.settle': { type: 'market.settled', says: page, receipt: ['lapsed'] },
  'market.finish': { type: 'market.finished', says: market, receipt: ['lapsedPages'] },
  'market.abort': { type: 'market.aborted', says: market },
  'market.release': { type: 'market.released', says: market },
} as const satisfies Record<CommandKind, Told>;

/** All that there are; a new command does not compile until it is told of. */
export const EVENT_TYPES = [
  ...new Set([
    ...Object.values(TOLD).flatMap(({ type }) => (typeof type === 'string' ? [type] : [])),
    ...Object.values(MOVES).map((move) => `admission.${move}`),
    ...Object.values(CHANGES).map((change) => `event.${change}`),
  ]),
].sort();

/** @returns undefined for a command that this version does not know */
export const toldOf = (kind: string): Told | undefined =>
  Object.hasOwn(TOLD, kind) ? TOLD[kind as CommandKind] : undefined;
