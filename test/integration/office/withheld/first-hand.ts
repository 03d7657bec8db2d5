/** What must not commit late between an event's creation and its doors: sales, transfers, returns, admissions and what governs them. */
import { aPolicyChange } from '../../../support/settlements.js';
import { anAllotment, aReturn, aSale, aScan, aTransfer, aVoid, newId } from '../../../support/statements.js';
import type { Case, Situation } from './situation.js';
import {
  byOrganizer,
  byVenue,
  cancels,
  changesRules,
  closes,
  closesAllotment,
  closesSales,
  opens,
  organizerSubmits,
  passesSalesClose,
  postponement,
  postpones,
  registersDevice,
  resellerSubmits,
  venueSubmits,
} from './transitions.js';

export const sale = ({ floor }: Situation) => aSale(floor, { seats: ['floor:B:1'] }).command;
const transfer = ({ ticket }: Situation) => aTransfer(ticket);
const giveBack = ({ ticket, floor }: Situation) => aReturn(ticket, floor);
const admission = ({ ticket, device }: Situation) => aScan(ticket, device).command;
const voiding = ({ ticket, event }: Situation) => aVoid(ticket, event);

const SALE = { what: 'a sale', held: sale };
const TRANSFER = { what: 'a transfer', held: transfer };
const RETURN = { what: 'a return', held: giveBack };
const ADMISSION = { what: 'an admission', by: byVenue, first: registersDevice, held: admission };
const REOPENING = {
  what: 'a reopening of sales',
  by: byOrganizer,
  first: closesSales,
  held: ({ event }: Situation) => ({ kind: 'sales.reopen', id: newId(), event: event.event }),
};

export const FIRST_HAND: readonly Case[] = [
  { ...SALE, across: 'the close of sales by schedule', transition: closes('sales'), deadline: 'salesCloseAt' },
  { ...SALE, across: 'sales.close by the organizer', transition: closesSales },
  { ...SALE, across: 'a postponement', transition: postpones },
  { ...SALE, across: 'a cancellation', transition: cancels },
  { ...SALE, across: 'a change of rules', transition: changesRules },
  { ...SALE, across: 'the close of its allotment', transition: closesAllotment },
  { ...SALE, across: 'the sale of its seat to another', transition: resellerSubmits(sale) },
  {
    ...TRANSFER,
    across: 'the close of transfers by schedule',
    transition: closes('transfers'),
    deadline: 'transfersCloseAt',
  },
  { ...TRANSFER, across: 'a postponement', transition: postpones },
  { ...TRANSFER, across: 'a cancellation', transition: cancels },
  { ...TRANSFER, across: 'a void', transition: organizerSubmits(voiding) },
  { ...RETURN, across: 'the close of returns by schedule', transition: closes('returns'), deadline: 'returnsClose' },
  { ...RETURN, across: 'a cancellation', transition: cancels },
  { ...RETURN, across: 'a transfer', transition: resellerSubmits(transfer) },
  { ...ADMISSION, across: 'the close of doors by schedule', transition: closes('doors'), deadline: 'endsAt' },
  { ...ADMISSION, across: 'a postponement', transition: postpones },
  { ...ADMISSION, across: 'a cancellation', transition: cancels },
  {
    ...ADMISSION,
    across: "its device's revocation",
    transition: venueSubmits(({ event, device: { device } }) => ({
      kind: 'device.revoke',
      id: newId(),
      event: event.event,
      device,
    })),
  },
  { ...REOPENING, across: 'a cancellation', transition: cancels },
  {
    ...REOPENING,
    across: 'the close of sales by schedule',
    transition: passesSalesClose,
    deadline: 'salesCloseAt',
  },
  { what: 'a void', across: 'a transfer', by: byOrganizer, held: voiding, transition: resellerSubmits(transfer) },
  {
    // What has ended may only be cancelled. That a day later it can't be either takes too long to be tried here.
    what: 'a postponement',
    across: 'the end of the event',
    by: byOrganizer,
    held: postponement,
    transition: closes('doors'),
    deadline: 'endsAt',
  },
  {
    what: 'a change of rules against the buyers',
    across: 'the opening of sales by schedule',
    by: byOrganizer,
    unsold: true,
    held: ({ event }) => aPolicyChange(event, { returnDeadlineSeconds: 86_400 }),
    transition: opens('sales'),
    deadline: 'salesOpenAt',
  },
  {
    what: 'a change of rules',
    across: 'another one',
    by: byOrganizer,
    held: ({ event }) => aPolicyChange(event, { postponeClaimWindowSeconds: 30 * 86_400 }),
    transition: changesRules,
  },
  {
    // Resale may open once an event is sold out, and more seats would come too late.
    what: 'another allotment',
    across: 'the close of the last one',
    by: byOrganizer,
    held: ({ event }) =>
      anAllotment(event, { allotment: 'more', seats: { section: 'more', rows: [['A', 1, 5]] } }).command,
    transition: closesAllotment,
  },
];
