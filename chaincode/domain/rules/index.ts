/** Every command that the ledger knows, and the rule that judges it. */
import type { Prepare } from '../rule.js';
import { prepareAllotment, prepareAllotmentClosing } from './allotment.js';
import { prepareDeviceRegistration, prepareDeviceRevocation } from './device.js';
import { prepareEnrolment } from './enrolment.js';
import { prepareEventChange, prepareEventCreation } from './event.js';
import { prepareAdvance, prepareSalesGate } from './gates.js';
import { prepareKeyAdvance } from './key-advance.js';
import { prepareKeyGeneration } from './key-generation.js';
import { prepareKeyPost } from './key-post.js';
import { prepareKeyRegistration, prepareKeyRevocation } from './keys.js';
import { prepareExpiry, prepareProposal, prepareVote } from './proposal.js';
import { prepareListing, prepareWithdrawal } from './listing.js';
import { prepareListingExpiry } from './listing-expiry.js';
import { prepareAbort } from './market-abort.js';
import { prepareClearing } from './market-clear.js';
import { prepareMarketClose } from './market-close.js';
import { prepareDeposit } from './market-deposit.js';
import { prepareFinish } from './market-finish.js';
import { prepareFreeze, prepareRoot } from './market-freeze.js';
import { prepareMarketOpening } from './market-open.js';
import { prepareOrder } from './market-order.js';
import { prepareReading } from './market-read.js';
import { prepareRelease } from './market-release.js';
import { prepareReveal, prepareUnseal } from './market-reveal.js';
import { prepareMarketSettlement } from './market-settle.js';
import { prepareSupply } from './market-supply.js';
import { prepareDepositWithdrawal } from './market-withdraw.js';
import { preparePayout } from './payout.js';
import { preparePerson } from './person.js';
import { preparePolicyChange, preparePolicyDefaults } from './policy.js';
import { prepareActivation, prepareVeto } from './replacement.js';
import { prepareResale } from './resale.js';
import { prepareReturn } from './return.js';
import { prepareSale } from './sale.js';
import { prepareScan } from './scan.js';
import { prepareRefund, prepareSettlement } from './settle.js';
import { prepareTransfer } from './transfer.js';
import { prepareVoid } from './void.js';

export const RULES = {
  'keys.register': prepareKeyRegistration,
  'keys.revoke': prepareKeyRevocation,
  'policy.set': preparePolicyDefaults,
  'event.create': prepareEventCreation,
  'event.change': prepareEventChange,
  'event.policy': preparePolicyChange,
  'event.advance': prepareAdvance,
  'sales.close': prepareSalesGate,
  'sales.reopen': prepareSalesGate,
  'allotment.create': prepareAllotment,
  'allotment.close': prepareAllotmentClosing,
  'ticket.sell': prepareSale,
  'ticket.transfer': prepareTransfer,
  'ticket.return': prepareReturn,
  'ticket.void': prepareVoid,
  'ticket.list': prepareListing,
  'ticket.unlist': prepareWithdrawal,
  'listing.expire': prepareListingExpiry,
  'ticket.resell': prepareResale,
  'ticket.refund': prepareRefund,
  'ticket.settle': prepareSettlement,
  'account.payout': preparePayout,
  'ticket.scan': prepareScan,
  'device.register': prepareDeviceRegistration,
  'device.revoke': prepareDeviceRevocation,
  'proposal.create': prepareProposal,
  'proposal.vote': prepareVote,
  'proposal.expire': prepareExpiry,
  'key.generate': prepareKeyGeneration,
  'key.post': prepareKeyPost,
  'key.advance': prepareKeyAdvance,
  'person.register': preparePerson,
  'credential.enrol': prepareEnrolment,
  'credential.veto': prepareVeto,
  'credential.activate': prepareActivation,
  'market.open': prepareMarketOpening,
  'market.deposit': prepareDeposit,
  'market.withdraw': prepareDepositWithdrawal,
  'market.order': prepareOrder,
  'market.close': prepareMarketClose,
  'market.freeze': prepareFreeze,
  'market.root': prepareRoot,
  'market.supply': prepareSupply,
  'market.reveal': prepareReveal,
  'market.unseal': prepareUnseal,
  'market.read': prepareReading,
  'market.clear': prepareClearing,
  'market.settle': prepareMarketSettlement,
  'market.finish': prepareFinish,
  'market.abort': prepareAbort,
  'market.release': prepareRelease,
} as const satisfies Record<string, Prepare>;

export type CommandKind = keyof typeof RULES;
