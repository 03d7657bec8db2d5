/** Every command that the ledger knows, and the rule that judges it. */
import type { Prepare } from '../rule.js';
import { prepareAllotment, prepareAllotmentClosing } from './allotment.js';
import { prepareDeviceRegistration, prepareDeviceRevocation } from './device.js';
import { prepareAdvance, prepareEventChange, prepareEventCreation, prepareSalesGate } from './event.js';
import { prepareKeyRegistration, prepareKeyRevocation } from './keys.js';
import { prepareReturn } from './return.js';
import { prepareSale } from './sale.js';
import { prepareScan } from './scan.js';
import { prepareTransfer } from './transfer.js';
import { prepareVoid } from './void.js';

export const RULES = {
  'keys.register': prepareKeyRegistration,
  'keys.revoke': prepareKeyRevocation,
  'event.create': prepareEventCreation,
  'event.change': prepareEventChange,
  'event.advance': prepareAdvance,
  'sales.close': prepareSalesGate,
  'sales.reopen': prepareSalesGate,
  'allotment.create': prepareAllotment,
  'allotment.close': prepareAllotmentClosing,
  'ticket.sell': prepareSale,
  'ticket.transfer': prepareTransfer,
  'ticket.return': prepareReturn,
  'ticket.void': prepareVoid,
  'ticket.scan': prepareScan,
  'device.register': prepareDeviceRegistration,
  'device.revoke': prepareDeviceRevocation,
} as const satisfies Record<string, Prepare>;

export type CommandKind = keyof typeof RULES;
