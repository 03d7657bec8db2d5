/** The list of codes is closed: the compiler asks for a case for each, and each case must produce its own. */
import { expect } from 'chai';
import { parseBatch, type Outcome } from '../../../../chaincode/domain/batch.js';
import type { Message, MessageOf } from '../../../../chaincode/crypto/generation/messages.js';
import { encodePoint, GENERATOR } from '../../../../chaincode/crypto/point.js';
import { membersKey, organizationKey } from '../../../../chaincode/domain/keys.js';
import { orderOpener } from '../../../../chaincode/domain/market/open-order.js';
import { unpadOrder } from '../../../../chaincode/domain/market/order-text.js';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { Refusal, REFUSAL_CODES, type RefusalCode } from '../../../../chaincode/domain/refusal.js';
import {
  aKeyAdvance,
  aKeyGeneration,
  aKeyMessage,
  anActivation,
  anEnrolment,
  appointCommittee,
  aRegistration,
  holdKey,
  pseudonymOf,
  type TestCommittee,
} from '../../../support/committee.js';
import { forPersons, holderAt } from '../../../support/credentials.js';
import { begun, crooked, crookedDealing, crookedMove, owing } from '../../../support/crooked-nodes.js';
import { silentFrom, type Conduct, type KeyGeneration } from '../../../support/key-generation.js';
import {
  aDevice,
  aKeyRegistration,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  CONSORTIUM,
  held,
  newId,
  newKey,
  SCHEDULE,
  type Command,
  type SaleOptions,
} from '../../../support/statements.js';
import { MARKET_CASES } from '../market/a-market-refused.js';
import { BY_RESELLER, onMarket, sellOn, type MarketOptions } from '../../../support/market.js';
import { admit, appoint, aProposal, aVote, suspend, type TestProposal } from '../../../support/proposals.js';
import { aListing, aResale, aWithdrawal, type TestListing } from '../../../support/resales.js';
import { aPayout, aPolicyChange, aRefundClaim, aSettlement, policyDefaults } from '../../../support/settlements.js';
import { TestLedger, type SubmitOptions } from '../../../support/test-ledger.js';
import { afterSale, AT_THE_DOOR, atTheDoor, forged, judgeWith, onSale, ticketOf } from '../../../support/world.js';

type Code = RefusalCode | 'ACCEPTED';
type Scene = ReturnType<typeof afterSale>;
type Door = ReturnType<typeof atTheDoor>;

const { organizations } = CONSORTIUM;
const lawn = { allotment: 'lawn', pool: { section: 'lawn', from: 1, to: 9 } };
const levy = { kind: 'levy', payee: 'VenueMSP', amountMinor: Number.MAX_SAFE_INTEGER };
const by = (caller: string) => ({ caller });
const at = (now: string) => ({ now });
const codeOf = (outcome: Outcome): Code => (outcome.accepted ? 'ACCEPTED' : outcome.code);

/** What the last of the commands is answered, after `floor:A:1` has been sold. */
function sold(act: (scene: Scene) => unknown, options?: SubmitOptions): Code {
  const scene = afterSale();
  const commands = [act(scene)].flat() as Command[];
  return codeOf(scene.ledger.submit(commands, options).at(-1)!);
}
const sell = (options?: SaleOptions, submitted?: SubmitOptions) =>
  sold(({ floor }) => aSale(floor, { seats: ['floor:A:2'], ...options }).command, submitted);
const allot = (allotment: Parameters<typeof anAllotment>[1]) =>
  sold(({ event }) => anAllotment(event, { ...lawn, ...allotment }).command);
const atDoor = (act: (scene: Door) => Command, now: string = AT_THE_DOOR.now) => {
  const scene = atTheDoor();
  return codeOf(scene.ledger.submit(act(scene), { ...AT_THE_DOOR, now }));
};
const named = (kind: string, { event }: Scene, members: object = {}) => ({
  kind,
  id: newId(),
  event: event.event,
  ...members,
});

function suspended(): Code {
  const { ledger, floor } = onSale();
  const record = { ...organizations.find(({ mspId }) => mspId === 'ResellerMSP'), status: 'suspended' };
  return codeOf(judgeWith(ledger, aSale(floor).command, { [organizationKey('ResellerMSP')]: record }));
}

function forbidden(): Code {
  const { ledger, floor } = onSale({ policy: { perPersonLimit: { primary: 1, resale: 1 }, transfer: 'forbidden' } });
  const sale = aSale(floor);
  return codeOf(ledger.submit([sale.command, aTransfer(held(sale))])[1]!);
}

function limited(): Code {
  const { ledger, floor } = onSale({ policy: { perPersonLimit: { primary: 1, resale: 1 }, transfer: 'forbidden' } });
  return codeOf(ledger.submit(aSale(floor, { seats: ['floor:A:1', 'floor:A:2'] }).command));
}

function founding(...steps: readonly (readonly ['propose' | 'found', typeof organizations])[]): Code {
  const ledger = new TestLedger();
  for (const [step, list] of steps) ledger[step]({ organizations: list });
  return 'ACCEPTED';
}

/** What a listing is answered, or what comes after it, under these rules. */
function market(
  options: MarketOptions,
  terms: Parameters<typeof aListing>[2] = {},
  act?: (scene: Listed) => unknown,
  now?: string,
): Code {
  const scene = onMarket(options);
  const by = { ...BY_RESELLER, ...(now !== undefined && { now }) };
  const listing = aListing(scene.ticket, scene.floor, terms);
  if (!act) return codeOf(scene.ledger.submit(listing.command, by));
  scene.ledger.accept(listing.command, BY_RESELLER);
  const commands = [act({ ...scene, listing })].flat() as Command[];
  return codeOf(scene.ledger.submit(commands, by).at(-1)!);
}
type Listed = ReturnType<typeof onMarket> & { readonly listing: TestListing };
const ruled = (policy: PolicyPart, terms?: Parameters<typeof aListing>[2]) => market({ policy }, terms);

/** Any scan at a door that looks at documents. */
function undocumented(): Code {
  const { ledger, event, ticket } = onMarket({ policy: { gateCheck: 'document' } });
  const device = aDevice(event);
  ledger.accept(device.command, by('VenueMSP'));
  ledger.accept(anAdvance(event), AT_THE_DOOR);
  return codeOf(ledger.submit(aScan(ticket, device).command, AT_THE_DOOR));
}

function habitual(): Code {
  const scene = onMarket({ policy: { habitualThreshold: 1 } });
  const back = sellOn(scene, sellOn(scene, scene.ticket, newKey()), scene.ticket.holder);
  return codeOf(scene.ledger.submit(aListing(back, scene.floor).command, BY_RESELLER));
}

const EXPIRY = '2027-04-01T00:00:00Z';
/** What the last of the commands on a proposal of OrganizerMSP is answered. */
function proposed(
  act: (proposal: TestProposal) => readonly (readonly [Command, string])[],
  action = admit(),
  now?: string,
): Code {
  const { ledger } = onSale();
  const proposal = aProposal('OrganizerMSP', action, { expiresAt: EXPIRY });
  const opened = ledger.submit(proposal.command);
  if (!opened.accepted) return opened.code;
  const outcomes = act(proposal).map(([command, caller]) => ledger.submit(command, { caller, ...(now && { now }) }));
  return codeOf(outcomes.at(-1) ?? opened);
}
const votedBy =
  (...callers: readonly string[]) =>
  (proposal: TestProposal) =>
    callers.map((caller) => [aVote(proposal), caller] as const);

function crowded(): Code {
  const { ledger } = onSale();
  const [trustee] = organizations.filter(({ roles }) => roles.includes('trustee'));
  const crowd = Array.from({ length: 64 }, (_, index) => ({
    ...trustee,
    mspId: `Trustee${index}MSP`,
    status: 'active',
  }));
  const members = { change: 0, organizations: [{ ...organizations[0], status: 'active' }, ...crowd.slice(1)] };
  return codeOf(judgeWith(ledger, aProposal('OrganizerMSP', admit()).command, { [membersKey]: members }));
}

const POINT = encodePoint(GENERATOR);
const COMPLAINT = { dealer: 9, shared: POINT, proof: 'A'.repeat(86) };
const DESTROYED = { kind: 'destroyed', recipient: 1 } as const;
const DEALING: Message = { kind: 'deal', dealer: 1, commitments: [POINT], possession: 'A'.repeat(87), shares: [] };

/** What is answered while a key generation is in its first round. */
function generating(act: (course: KeyGeneration) => Command): Code {
  const course = begun();
  return codeOf(course.ledger.submit(act(course)));
}

/** What node 1 is answered to a message that is changed so. */
function posted<K extends Message['kind']>(
  kind: K,
  change: (message: MessageOf<K>) => object,
  conduct: Conduct = (message) => message,
): Code {
  return codeOf(crooked(kind, change, { conducts: { 1: conduct } }));
}

const [ANN, BEN] = ['Ann', 'Ben'].map((name) => pseudonymOf(name)) as [string, string];
/** What the last of the commands is answered where persons are registered. */
function registered(act: (committee: TestCommittee) => Command | Command[], held = true): Code {
  const ledger = TestLedger.founded();
  const committee = appointCommittee(ledger);
  if (held) holdKey(ledger, committee);
  return codeOf(ledger.submit([act(committee)].flat()).at(-1)!);
}

/** The same at an event for which Ann is enrolled and has a ticket. */
function enrolled(act: (scene: ReturnType<typeof withAnn>) => Command | Command[]): Code {
  const scene = withAnn();
  return codeOf(scene.ledger.submit([act(scene)].flat()).at(-1)!);
}
function withAnn() {
  const scene = forPersons();
  const ann = scene.enrol('Ann');
  const sale = aSale(scene.floor, { buyer: ann });
  scene.ledger.accept(sale.command);
  return { ...scene, ann, ticket: held(sale) };
}
const replacing = ({ committee, event: { event } }: ReturnType<typeof withAnn>, sequence = 1) =>
  anEnrolment(committee, event, holderAt(event, 'Ann', 'new phone'), sequence);

const CASES: Readonly<Record<RefusalCode, () => unknown>> = {
  MALFORMED_BATCH: () => parseBatch('{'),
  MALFORMED_STATEMENT: () => sold(() => ({ kind: 'ticket.void', statement: 'x' })),
  UNKNOWN_COMMAND: () => sold(() => ({ kind: 'ticket.scalp' })),
  INVALID_FIELD: () => sold(() => ({ kind: 'ticket.void' })),
  UNKNOWN_FIELD: () => sold(({ event }) => ({ ...anAdvance(event), extra: 1 })),
  TOO_LARGE: () => sold(() => ({ kind: 'ticket.void', statement: 'x'.repeat(9_000) })),
  NOT_AUTHORISED: () => sold((scene) => named('sales.close', scene), by('VenueMSP')),
  UNKNOWN_ORGANIZATION: () => sold(({ event }) => anAdvance(event), by('NobodyMSP')),
  ORGANIZATION_NOT_ACTIVE: suspended,
  ROLE_MISSING: () => allot({ seller: 'VenueMSP' }),
  SIGNATURE_INVALID: () =>
    sold(({ event, ticket }) => {
      const { kind, statement } = aVoid(ticket, event);
      return { kind, statement: forged(String(statement)) };
    }),
  UNKNOWN_KEY: () => sell({ by: newKey() }),
  KEY_NOT_VALID: () =>
    sold(() =>
      ['keys.revoke', 'keys.revoke'].map((kind) => ({
        kind,
        id: newId(),
        kid: CONSORTIUM.keys.OrganizerMSP!.seller.kid,
      })),
    ),
  KEY_ALREADY_REGISTERED: () => sold(() => aKeyRegistration(CONSORTIUM.keys.OrganizerMSP!.seller, 'seller')),
  TOO_MANY_KEYS: () => sold(() => Array.from({ length: 63 }, () => aKeyRegistration(newKey(), 'seller'))),
  WRONG_CHANNEL: () => sell({ sale: { channel: 'other' } }),
  WRONG_EVENT: () => sell({ request: { event: 'OrganizerMSP:matinee' } }),
  STATEMENT_EXPIRED: () => sell({ sale: { exp: 1 } }),
  COMMAND_ID_REUSED: () =>
    sold(({ floor, sale }) => aSale(floor, { request: { paymentReference: sale.payload.jti } }).command),
  ALREADY_FOUNDED: () => founding(['propose', organizations], ['propose', organizations]),
  NOT_FOUNDED: () => founding(['found', organizations]),
  FOUNDING_MISMATCH: () => founding(['propose', organizations], ['found', organizations.slice(0, 2)]),
  ALREADY_A_MEMBER: () => proposed(() => [], admit('VenueMSP')),
  TOO_MANY_ORGANIZATIONS: crowded,
  CONSORTIUM_INCOMPLETE: () => {
    const ledger = TestLedger.founded();
    return codeOf(ledger.submit(aProposal('VenueMSP', suspend('OrganizerMSP')).command, by('VenueMSP')));
  },
  INVALID_COMMITTEE: () => proposed(() => [], appoint(['OrganizerMSP', 'VenueMSP'], 2)),
  UNKNOWN_PROPOSAL: () => proposed((of) => votedBy('VenueMSP')({ ...of, proposal: 'VenueMSP/unknown-1' })),
  PROPOSAL_MISMATCH: () => proposed((of) => votedBy('VenueMSP')({ ...of, action: admit('OtherMSP') })),
  PROPOSAL_DECIDED: () => proposed(votedBy('VenueMSP', 'ResellerMSP', 'TrusteeMSP', 'OtherVenueMSP')),
  PROPOSAL_EXPIRED: () => proposed(votedBy('VenueMSP'), admit(), EXPIRY),
  NOT_A_VOTER: () => proposed(votedBy('VenueMSP'), suspend('VenueMSP')),
  ALREADY_VOTED: () => proposed(votedBy('VenueMSP', 'VenueMSP')),
  EVENT_EXISTS: () => sold(() => anEvent().command),
  UNKNOWN_EVENT: () => sold(() => anAdvance({ event: 'OrganizerMSP:matinee' })),
  EVENT_CANCELLED: () => sold(({ event }) => [anEventChange(event), anAdvance(event)]),
  STALE_EVENT: () => sold(({ event }) => anEventChange(event, { change: 1 })),
  EVENT_ENDED: () => sold(({ event, ticket }) => aVoid(ticket, event), at(SCHEDULE.endsAt)),
  INVALID_SCHEDULE: () =>
    sold(({ event }) => {
      const schedule = { ...SCHEDULE, salesOpenAt: SCHEDULE.startsAt };
      return anEventChange(event, { action: 'postpone', schedule });
    }),
  NOTHING_DUE: () => sold(({ event }) => anAdvance(event)),
  SALES_NOT_OPEN: () => sell({}, at(SCHEDULE.salesCloseAt)),
  TRANSFERS_NOT_OPEN: () => sold(({ ticket }) => aTransfer(ticket), at(SCHEDULE.transfersCloseAt)),
  TRANSFERS_FORBIDDEN: forbidden,
  RESALE_NOT_OPEN: () => market({}, {}, undefined, SCHEDULE.transfersCloseAt),
  RETURNS_NOT_OPEN: () =>
    sold(({ floor, ticket }) => aReturn(ticket, floor), { ...BY_RESELLER, ...at(SCHEDULE.startsAt) }),
  REFUNDS_NOT_OPEN: () => sold(({ floor, ticket }) => aRefundClaim(ticket, floor)),
  STALE_POLICY: () => sold(({ event }) => aPolicyChange(event, {}, { version: 3 })),
  POLICY_MISMATCH: () => sold(({ event }) => aPolicyChange(event, {}, { policyHash: 'A'.repeat(43) })),
  POLICY_INCONSISTENT: () => sold(() => policyDefaults({ sellerFeeBps: 10_000, venueBps: 1 })),
  POLICY_BREAKS_PROFILE: () => sold(() => policyDefaults({ jurisdiction: 'BE', capBps: null })),
  POLICY_CHANGE_UNFAVOURABLE: () => sold(({ event }) => aPolicyChange(event, { capBps: null })),
  DOORS_NOT_OPEN: () => atDoor(({ scan }) => scan('admit').command, SCHEDULE.endsAt),
  ALLOTMENT_EXISTS: () => allot({ allotment: 'floor-a' }),
  UNKNOWN_ALLOTMENT: () => sell({ sale: { allotment: 'nowhere' } }),
  ALLOTMENT_CLOSED: () =>
    sold((scene) => [1, 2].map(() => named('allotment.close', scene, { allotment: 'floor-a' })), by('ResellerMSP')),
  ALLOTMENT_MISMATCH: () => sell({ sale: { seller: 'OrganizerMSP' } }),
  SEATS_ALREADY_ALLOTTED: () => allot({ pool: undefined!, seats: { section: 'floor', rows: [['A', 50, 51]] } }),
  SECTION_KIND_MISMATCH: () => allot({ pool: { section: 'floor', from: 1, to: 2 } }),
  INVALID_SEATS: () => allot({ pool: { section: 'lawn', from: 2, to: 1 } }),
  REQUEST_MISMATCH: () => sell({ sale: { buyer: newKey().kid } }),
  SEAT_NOT_IN_ALLOTMENT: () => sell({ seats: ['floor:Z:1'] }),
  SEAT_REPEATED: () => sell({ seats: ['floor:A:2', 'floor:A:2'] }),
  SEAT_ALREADY_SOLD: () => sell({ seats: ['floor:A:1'] }),
  PRICE_MISMATCH: () => sell({ sale: { feesMinor: 201 } }),
  PRICE_ABOVE_REQUEST: () => sell({ request: { maxTotalMinor: 2199 } }),
  AMOUNT_OVERFLOW: () => allot({ fees: [levy] }),
  PERSON_LIMIT_REACHED: limited,
  CREDENTIAL_REQUIRED: () => {
    const { ledger, floor } = onSale({ policy: { credentialRequired: true } });
    return codeOf(ledger.submit(aSale(floor).command));
  },
  MARKET_NOT_DIRECT: () => ruled({ market: 'sealed' }),
  RESELLER_NOT_AUTHORISED: () => ruled({ authorisedResellers: [] }),
  COMPLIMENTARY_NOT_RESELLABLE: () => market({ allotment: { facePriceMinor: 0 } }, { askMinor: 0 }),
  HOLDING_PERIOD_NOT_OVER: () => ruled({ minHoldingPeriodSeconds: 1 }),
  TOO_MANY_HOPS: () => ruled({ maxHops: 0 }),
  HABITUAL_SELLER: habitual,
  DISCLOSURE_MISSING: () => ruled({ mandatoryDisclosure: ['place'] }),
  DISCLOSURE_WRONG: () => ruled({}, { disclosure: { faceValue: 1 } }),
  FEE_ABOVE_CAP: () => ruled({}, { sellerFeeMinor: 201 }),
  PRICE_ABOVE_CAP: () => ruled({}, { askMinor: 2101 }),
  PRICE_BELOW_FEES: () => ruled({}, { sellerFeeMinor: 2001 }),
  UNKNOWN_LISTING: () => sold(({ floor, ticket }) => aWithdrawal({ ...aListing(ticket, floor), ticket })),
  LISTING_MISMATCH: () => market({}, {}, ({ listing }) => aResale(listing, listing.ticket.holder).command),
  LISTING_NOT_OPEN: () =>
    market({}, {}, ({ listing }) => [aWithdrawal(listing), aResale(listing, newKey(), { change: 2 }).command]),
  PAYEES_MISMATCH: () =>
    sold(({ ledger, ticket }) => aSettlement(ticket, ticketOf(ledger, ticket)!, { holders: [newKey().kid] })),
  INSUFFICIENT_BALANCE: () => sold(({ event, ticket }) => aPayout(event, ticket.holder, 1), BY_RESELLER),
  GATE_CHECK_REQUIRED: undocumented,
  UNKNOWN_TICKET: () => sold(({ ticket }) => aTransfer({ ...ticket, ticket: `${ticket.event}:floor:C:9` })),
  STALE_TICKET: () => sold(({ ticket }) => aTransfer({ ...ticket, change: 1 })),
  NOT_THE_HOLDER: () => sold(({ ticket }) => aTransfer({ ...ticket, holder: newKey() })),
  TRANSFER_MISMATCH: () => sold(({ ticket }) => aTransfer(ticket, ticket.holder)),
  TICKET_NOT_VALID: () => sold(({ ticket, event }) => [aVoid(ticket, event), aVoid({ ...ticket, change: 1 }, event)]),
  UNKNOWN_DEVICE: () => sold((scene) => named('device.revoke', scene, { device: 'north' }), by('VenueMSP')),
  DEVICE_EXISTS: () => atDoor(({ event }) => aDevice(event).command),
  DEVICE_NOT_VALID: () =>
    sold(
      (scene) => [
        aDevice(scene.event).command,
        ...[1, 2].map(() => named('device.revoke', scene, { device: 'north-gate-1' })),
      ],
      by('VenueMSP'),
    ),
  SCAN_OUT_OF_SEQUENCE: () => atDoor(({ scan }) => scan('admit', { number: 2 }).command),
  PRESENTATION_MISMATCH: () =>
    atDoor(({ scan }) => scan('admit', { overrides: { presentation: 'A'.repeat(43) } }).command),
  ALREADY_ADMITTED: () =>
    atDoor(({ scan, pass }) => {
      pass('admit');
      return scan('admit').command;
    }),
  NOT_ADMITTED: () => atDoor(({ scan }) => scan('exit').command),
  NOTHING_TO_UNDO: () => atDoor(({ scan }) => scan('undo').command),
  UNKNOWN_CREDENTIAL: () => sold(({ ticket }) => aTransfer(ticket, { ...newKey(), credential: ANN })),
  NO_COMMITTEE: () => sold(() => aKeyGeneration()),
  KEY_EXISTS: () => generating(() => aKeyGeneration(undefined, 2)),
  KEY_NOT_USABLE: () => registered((committee) => aRegistration(committee, ANN, newKey()), false),
  KEY_NEEDED: () => generating(({ name, nodes }) => aKeyMessage(name, DESTROYED, nodes[0]!.keys.recipient!)),
  STALE_GENERATION: () => generating(() => aKeyGeneration()),
  CREDENTIAL_NOT_REQUIRED: () => {
    const { ledger, event } = onSale();
    return codeOf(ledger.submit(aKeyGeneration(event.event)));
  },
  SCALAR_INVALID: () => posted('ready', () => ({ possession: `${POINT}${'_'.repeat(42)}8` })),
  POINT_INVALID: () => posted('receive', () => ({ key: 'A'.repeat(44) })),
  PROOF_INVALID: () => posted('ready', () => ({ possession: `${'A'.repeat(86)}B` })),
  WRONG_ROUND: () => generating(({ name, nodes }) => aKeyMessage(name, DEALING, nodes[0]!.keys.dealer!)),
  ROUND_NOT_OVER: () => generating(({ name }) => aKeyAdvance(name)),
  NOT_A_DEALER: () => posted('deal', () => ({}), silentFrom('commit')),
  NOT_A_RECIPIENT: () => posted('verdict', () => ({ complaints: [] }), silentFrom('receive')),
  ALREADY_POSTED: () => {
    const { course, message } = owing('receive');
    course.post(course.nodes[0]!, message);
    return codeOf(course.post(course.nodes[0]!, message));
  },
  DIGEST_MISMATCH: () => posted('deal', ({ commitments }) => ({ commitments: [...commitments].reverse() })),
  COMMITMENTS_WRONG: () => codeOf(crookedDealing(({ commitments }) => ({ commitments: commitments.slice(1) }))),
  POSSESSION_INVALID: () =>
    codeOf(
      crookedDealing(({ possession }) => ({ possession: `${possession.slice(0, 50)}AAAA${possession.slice(54)}` })),
    ),
  PUBLIC_SHARE_MISMATCH: () => codeOf(crookedMove()),
  RECIPIENTS_MISMATCH: () => posted('deal', ({ shares }) => ({ shares: shares.slice(1) })),
  UNKNOWN_DEALING: () => posted('verdict', () => ({ complaints: [COMPLAINT] })),
  COMPLAINT_REPEATED: () => posted('verdict', () => ({ complaints: [COMPLAINT, COMPLAINT] })),
  GROUP_KEY_MISMATCH: () => posted('ready', () => ({ groupKey: POINT })),
  STATEMENTS_TOO_FEW: () =>
    registered((committee) => aRegistration(committee, ANN, newKey(), 0, { by: committee.nodes.slice(1, 3) })),
  STATEMENTS_DIFFER: () => registered((committee) => ({ ...aRegistration(committee, ANN, newKey()), person: BEN })),
  SIGNER_REPEATED: () =>
    registered(({ nodes: [one], ...committee }) =>
      aRegistration({ ...committee, nodes: [one!, one!, one!] }, ANN, newKey()),
    ),
  STALE_EPOCH: () => registered((committee) => aRegistration({ ...committee, epoch: 2 }, ANN, newKey())),
  PERSON_EXISTS: () => registered((committee) => [1, 2].map(() => aRegistration(committee, ANN, newKey()))),
  UNKNOWN_PERSON: () => registered(() => anActivation(ANN)),
  CREDENTIAL_EXISTS: () =>
    enrolled(({ committee, event: { event } }) => anEnrolment(committee, event, holderAt(event, 'Ann', 'other'))),
  STALE_SEQUENCE: () => enrolled((scene) => replacing(scene, 2)),
  REPLACEMENT_MISMATCH: () => enrolled(({ committee, event: { event }, ann }) => anEnrolment(committee, event, ann, 1)),
  KEY_REPLACEMENT_PENDING: () => enrolled((scene) => [replacing(scene), aTransfer(scene.ticket)]),
  ...MARKET_CASES,
  NO_REPLACEMENT: () => enrolled(({ ann, event: { event } }) => anActivation(ann.credential!, event)),
  ORDER_MALFORMED: () => unpadOrder(new Uint8Array(0), 'resale'),
  ORDER_NOT_OPENED: () => orderOpener('OrganizerMSP:night:m1', GENERATOR, 1n)('VenueMSP', { id: newId(), sealed: '' }),
};

describe('refusal codes', () => {
  for (const code of REFUSAL_CODES) {
    it(`${code} is produced`, () => {
      expect(thrownOr(CASES[code])).to.equal(code);
    });
  }
});

function thrownOr(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
