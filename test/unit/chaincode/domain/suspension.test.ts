/** No command suspends an organization yet; what the rules do with one that is suspended is judged on a record put there. */
import { expect } from 'chai';
import { organizationKey } from '../../../../chaincode/domain/keys.js';
import { RULES, type CommandKind } from '../../../../chaincode/domain/rules/index.js';
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
  type Command,
} from '../../../support/statements.js';
import {
  afterSale,
  atTheDoor,
  expectAccepted,
  expectRefusal,
  judgeWith,
  RIVALS,
  type Scene,
} from '../../../support/world.js';

const scene = afterSale();
const { event, floor, ticket } = scene;
const door = atTheDoor();
const unsigned = (kind: CommandKind, more: Record<string, unknown> = {}): Command => ({
  kind,
  id: newId(),
  event: event.event,
  ...more,
});
const lawn = { allotment: 'lawn', pool: { section: 'lawn', from: 1, to: 2 } };
const levy = { ...lawn, fees: [{ kind: 'levy', payee: 'VenueMSP', amountMinor: 1 }] };
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
  'event.change': [organizer(anEventChange(event))],
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
  'ticket.scan': [{ ...byCaller('VenueMSP', door.scan('admit').command), now: DOORS, at: door }],
  'device.register': [byCaller('VenueMSP', aDevice(event).command)],
  'device.revoke': [
    { ...byCaller('VenueMSP', { ...unsigned('device.revoke'), device: door.device.device }), at: door },
  ],
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
