/** What every rule does with an organization that is suspended; judged on a record put there, so that each is told apart from who suspends. */
import { expect } from 'chai';
import { organizationKey } from '../../../../chaincode/domain/keys.js';
import type { Message } from '../../../../chaincode/crypto/generation/messages.js';
import { owed } from '../../../../committee/protocol/index.js';
import { RULES, type CommandKind } from '../../../../chaincode/domain/rules/index.js';
import { forPersons, holderAt } from '../../../support/credentials.js';
import { KeyGeneration } from '../../../support/key-generation.js';
import {
  aKeyAdvance,
  aKeyGeneration,
  aKeyMessage,
  anActivation,
  anApproval,
  anAttestor,
  anEnrolment,
  appointCommittee,
  aRegistration,
  aVeto,
  holdKey,
  pseudonymOf,
} from '../../../support/committee.js';
import {
  aDevice,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  aKeyRegistration,
  aReturn,
  aSale,
  aTransfer,
  aVoid,
  DOORS,
  newId,
  newKey,
  SCHEDULE,
  type Command,
} from '../../../support/statements.js';
import { list, onMarket } from '../../../support/market.js';
import { drive, SETTLING, steps } from '../../../support/market-steps.js';
import { aBid, SealedMarket, sealedMarket } from '../../../support/sealed-market.js';
import { anExpiry, aProposal, aVote, changeRoles } from '../../../support/proposals.js';
import { aListing, aListingExpiry, aResale, aWithdrawal } from '../../../support/resales.js';
import { aPayout, aPolicyChange, aRefundClaim, aSettlement, policyDefaults } from '../../../support/settlements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import {
  afterSale,
  atTheDoor,
  expectAccepted,
  expectRefusal,
  judgeWith,
  RIVALS,
  ticketOf,
  type Scene,
} from '../../../support/world.js';

const scene = afterSale();
const { event, floor, ticket } = scene;
const door = atTheDoor();
const market = onMarket();
const listing = list(market, market.ticket);
const postponed = onMarket();
postponed.ledger.accept(anEventChange(postponed.event, { action: 'postpone', schedule: SCHEDULE }));
const persons = forPersons();
const unsigned = (kind: CommandKind, more: Record<string, unknown> = {}): Command => ({
  kind,
  id: newId(),
  event: event.event,
  ...more,
});
const lawn = { allotment: 'lawn', pool: { section: 'lawn', from: 1, to: 2 } };
const levy = { ...lawn, fees: [{ kind: 'levy', payee: 'VenueMSP', amountMinor: 1 }] };
const proposal = aProposal('OrganizerMSP', changeRoles('VenueMSP', 'venue', 'reseller'));
scene.ledger.accept(proposal.command);
const appointed = TestLedger.founded(RIVALS);
const generating = new KeyGeneration(appointed, appointCommittee(appointed));
holdKey(persons.ledger, persons.committee);
const [node] = generating.nodes;
const firstMessage = aKeyMessage(generating.name, owed(node!.state)[0] as Message, node!.keys.recipient!);
const [ann, ben] = [persons.enrol('Ann'), holderAt(persons.event.event, 'Ben')];
const phone = holderAt(persons.event.event, 'Ann', 'new phone');
const pending = { event: persons.event.event, subject: ann.credential!, key: phone, sequence: 1 };
persons.ledger.accept(anEnrolment(persons.committee, pending.event, phone, 1));
const approvals = ['VenueMSP', 'ResellerMSP'].map((msp) => anApproval(pending, msp, anAttestor(persons.ledger, msp)));
const approved = anEnrolment(persons.committee, pending.event, phone, 1, { approvals });
const opened = sealedMarket();
const sealed = drive(sealedMarket(), 'frozen');
const nextMarket = new SealedMarket(sealed.scene, { market: 2 });
/** Anybody's steps, of an organization in good standing. */
const step = (command: Command): Case => ({ ...byCaller('VenueMSP', command), at: sealed.scene });
const kidOf = (msp: string) => RIVALS.keys[msp]!.seller.kid;

interface Case {
  readonly suspended: string;
  readonly command: Command;
  /** What names the organization; undefined where the command goes through all the same. */
  readonly field: string | undefined;
  readonly caller?: string;
  readonly now?: string;
  /** The scene, unless it is the first. */
  readonly at?: Pick<Scene, 'ledger'>;
}

const organizer = (command: Command, field = 'statement.event'): Case => ({
  suspended: 'OrganizerMSP',
  command,
  field,
});
const byCaller = (suspended: string, command: Command): Case => ({
  suspended,
  command,
  field: 'caller.mspId',
  caller: suspended,
});

/** The compiler asks for a case of every command. */
const CASES: Readonly<Record<CommandKind, readonly Case[]>> = {
  'keys.register': [byCaller('ResellerMSP', aKeyRegistration(newKey(), 'seller'))],
  // Taking a key back only takes away.
  'keys.revoke': [
    { ...byCaller('ResellerMSP', { kind: 'keys.revoke', id: newId(), kid: kidOf('ResellerMSP') }), field: undefined },
  ],
  'event.create': [
    organizer(anEvent({ event: 'OrganizerMSP:matinee' }).command),
    { suspended: 'VenueMSP', command: anEvent({ event: 'OrganizerMSP:matinee' }).command, field: 'statement.venue' },
  ],
  // A cancellation only gives back.
  'event.change': [
    organizer(anEventChange(event, { action: 'postpone', schedule: SCHEDULE })),
    { ...organizer(anEventChange(event)), field: undefined },
  ],
  'policy.set': [byCaller('OrganizerMSP', policyDefaults({}))],
  'event.policy': [organizer(aPolicyChange(event, {}))],
  'event.advance': [byCaller('VenueMSP', anAdvance(event))],
  'sales.close': [byCaller('OrganizerMSP', unsigned('sales.close'))],
  'sales.reopen': [byCaller('OrganizerMSP', unsigned('sales.reopen'))],
  'allotment.create': [
    organizer(anAllotment(event, lawn).command),
    { suspended: 'ResellerMSP', command: anAllotment(event, lawn).command, field: 'statement.seller' },
    { suspended: 'VenueMSP', command: anAllotment(event, levy).command, field: 'statement.fees[0].payee' },
  ],
  'allotment.close': [byCaller('ResellerMSP', unsigned('allotment.close', { allotment: 'floor-a' }))],
  'ticket.sell': [
    { suspended: 'ResellerMSP', command: aSale(floor, { seats: ['floor:A:2'] }).command, field: 'sale.seller' },
  ],
  // The holders' own affair.
  'ticket.transfer': [{ ...organizer(aTransfer(ticket)), field: undefined }],
  'ticket.return': [byCaller('ResellerMSP', aReturn(ticket, floor))],
  'ticket.void': [organizer(aVoid(ticket, event))],
  'ticket.list': [byCaller('ResellerMSP', aListing(ticket, floor).command)],
  'ticket.unlist': [
    { suspended: 'ResellerMSP', command: aWithdrawal(listing), field: undefined, at: market },
    { suspended: 'OrganizerMSP', command: aWithdrawal(listing), field: undefined, at: market },
  ],
  'listing.expire': [byCaller('ResellerMSP', aListingExpiry(listing))],
  'ticket.resell': [{ ...byCaller('ResellerMSP', aResale(listing).command), at: market }],
  // What an organization that is suspended owes, it owes.
  'ticket.refund': [
    { ...organizer(aRefundClaim(postponed.ticket, postponed.floor)), field: undefined, at: postponed },
    {
      suspended: 'ResellerMSP',
      command: aRefundClaim(postponed.ticket, postponed.floor),
      field: undefined,
      at: postponed,
    },
  ],
  'ticket.settle': [byCaller('ResellerMSP', aSettlement(ticket, ticketOf(scene.ledger, ticket)!))],
  'account.payout': [byCaller('ResellerMSP', aPayout(event, ticket.holder, 1))],
  'ticket.scan': [{ ...byCaller('VenueMSP', door.scan('admit').command), now: DOORS, at: door }],
  'device.register': [byCaller('VenueMSP', aDevice(event).command)],
  'device.revoke': [
    { ...byCaller('VenueMSP', { ...unsigned('device.revoke'), device: door.device.device }), at: door },
  ],
  'proposal.create': [byCaller('ResellerMSP', aProposal('ResellerMSP', proposal.action).command)],
  'proposal.vote': [byCaller('ResellerMSP', aVote(proposal))],
  'proposal.expire': [byCaller('ResellerMSP', anExpiry(proposal))],
  'key.generate': [byCaller('VenueMSP', aKeyGeneration())],
  // Its nodes stay in the committee until the next one is appointed.
  'key.post': [{ ...organizer(firstMessage), field: undefined, at: generating }],
  'key.advance': [{ ...byCaller('VenueMSP', aKeyAdvance(generating.name)), at: generating }],
  'person.register': [
    { ...organizer(aRegistration(persons.committee, pseudonymOf('Ann'), newKey())), field: undefined, at: persons },
  ],
  // The persons' own affair; but an attestor's word is its organization's.
  'credential.enrol': [
    { ...organizer(anEnrolment(persons.committee, persons.event.event, ben)), field: undefined, at: persons },
    { ...organizer(approved, 'approvals[0].attestor'), suspended: 'VenueMSP', at: persons },
  ],
  'credential.veto': [{ ...organizer(aVeto(pending, ann)), field: undefined, at: persons }],
  'credential.activate': [{ ...byCaller('VenueMSP', anActivation(pending.subject, persons.event.event)), at: persons }],
  'market.open': [{ ...organizer(nextMarket.opening), at: sealed.scene }],
  'market.deposit': [{ ...byCaller('ResellerMSP', opened.deposit(holderAt(opened.event, 'Ann'))), at: opened.scene }],
  // Whoever may submit it, the reseller that has the money or another.
  'market.withdraw': [
    { ...byCaller('ResellerMSP', opened.withdrawal(holderAt(opened.event, 'Ann'))), at: opened.scene },
  ],
  'market.order': [
    { ...byCaller('ResellerMSP', opened.order(holderAt(opened.event, 'Ann'), aBid())), at: opened.scene },
  ],
  'market.close': [{ ...step(steps.close(opened)), at: opened.scene }],
  'market.freeze': [{ ...step(steps.freeze(opened, 0)), at: opened.scene }],
  'market.root': [step(steps.root(nextMarket))],
  'market.supply': [step({ kind: 'market.supply', ...sealed.of(), page: 0, allotments: ['a'], places: ['a:1'] })],
  // Its nodes stay the market's.
  'market.reveal': [{ ...organizer(sealed.share(1)), field: undefined, at: sealed.scene, now: SETTLING }],
  'market.unseal': [step(steps.unseal(sealed))],
  'market.read': [
    step({
      kind: 'market.read',
      ...sealed.of(),
      quotas: { VenueMSP: 1 },
      page: 0,
      holders: [],
      tickets: [],
      allotments: [],
    }),
  ],
  'market.clear': [step(steps.clear(sealed))],
  'market.settle': [step({ kind: 'market.settle', ...sealed.of(), page: 0, holders: [], tickets: [], allotments: [] })],
  'market.finish': [step(steps.finish(sealed))],
  'market.abort': [step(steps.abort(sealed))],
  'market.release': [step(steps.release(sealed, 'A'.repeat(43)))],
};

function judge({ suspended, command, caller = 'OrganizerMSP', now, at = scene }: Case) {
  const founder = RIVALS.organizations.find(({ mspId }) => mspId === suspended)!;
  const records = { [organizationKey(suspended)]: { ...founder, status: 'suspended' } };
  return judgeWith(at.ledger, command, records, { caller, ...(now !== undefined && { now }) });
}

describe('a suspended organization', () => {
  it('is judged in every command', () => {
    expect(Object.keys(CASES)).to.have.members(Object.keys(RULES));
  });

  for (const [kind, cases] of Object.entries(CASES)) {
    for (const each of cases) {
      const fact = each.field === undefined ? 'does not stop' : `as ${each.field} stops`;
      it(`${fact} ${kind}`, () => {
        if (each.field === undefined) expectAccepted(judge(each));
        else expectRefusal(judge(each), 'ORGANIZATION_NOT_ACTIVE', each.field);
      });
    }
  }
});
