/** No command suspends an organization yet; what the rules do with one that is suspended is judged on a record put there. */
import { organizationKey } from '../../../../chaincode/domain/keys.js';
import {
  aDevice,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  aKeyRegistration,
  aSale,
  newKey,
  type Command,
} from '../../../support/statements.js';
import { expectRefusal, judgeWith, onSale, RIVALS } from '../../../support/world.js';

const scene = onSale();
const { ledger, event, floor } = scene;
const lawn = { allotment: 'lawn', pool: { section: 'lawn', from: 1, to: 2 } };

function judge(command: Command, msp: string, caller?: string) {
  const founder = RIVALS.organizations.find(({ mspId }) => mspId === msp)!;
  return judgeWith(
    ledger,
    command,
    { [organizationKey(msp)]: { ...founder, status: 'suspended' } },
    { caller: caller ?? 'OrganizerMSP' },
  );
}

describe('suspended organization', () => {
  const matinee = anEvent({ event: 'OrganizerMSP:matinee' });
  const stopped: readonly (readonly [string, string, Command, string])[] = [
    ['sells nothing', 'ResellerMSP', aSale(floor).command, 'sale.seller'],
    ['gets no allotment', 'ResellerMSP', anAllotment(event, lawn).command, 'statement.seller'],
    [
      'gets no fee',
      'VenueMSP',
      anAllotment(event, { ...lawn, fees: [{ kind: 'levy', payee: 'VenueMSP', amountMinor: 1 }] }).command,
      'statement.fees[0].payee',
    ],
    ['creates no event', 'OrganizerMSP', matinee.command, 'statement.event'],
    ['changes no event', 'OrganizerMSP', anEventChange(event), 'statement.event'],
    ['is no venue of a new event', 'VenueMSP', matinee.command, 'statement.venue'],
    ['registers no key', 'OrganizerMSP', aKeyRegistration(newKey(), 'seller'), 'caller.mspId'],
    ['moves no gate', 'OrganizerMSP', anAdvance(event), 'caller.mspId'],
  ];
  for (const [fact, msp, command, field] of stopped) {
    it(fact, () => {
      expectRefusal(judge(command, msp), 'ORGANIZATION_NOT_ACTIVE', field);
    });
  }

  it('registers no gate device', () => {
    expectRefusal(judge(aDevice(event).command, 'VenueMSP', 'VenueMSP'), 'ORGANIZATION_NOT_ACTIVE', 'caller.mspId');
  });
});
