/** A payout: a reseller pays a holder what the ledger owes him at an event, and is owed it in his place. */
import { z } from 'zod';
import { findEvent, requireCaller, requireCurrent } from '../authority.js';
import { enrolmentKeysOf, requireGivingHolder } from '../holders.js';
import { commandKey, eventKey, holderKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { holderAccount } from '../money.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement, holderIn } from '../statements.js';
import { adjustHolder, holderOf } from '../ticket.js';

const payoutCommand = z.strictObject({ kind: z.literal('account.payout'), payout: compactJws });

export const preparePayout: Prepare = (raw) => {
  const command = parseWith(payoutCommand, raw, '');
  const payout = decodeStatement('payout', command.payout, 'payout');
  const { event, jti, payer, amountMinor, currency } = payout.payload;
  const holder = holderIn(payout);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, payout.signer, jti),
    digest: payout.digest,
    reads: [eventKey(event), organizationKey(payer), latestMarketKey(event), ...enrolmentKeysOf(event, payout)],
    writes: [holderKey(event, holder)],
    decide(state, context) {
      requireCurrent(payout, event, context);
      const record = findEvent(state, event);
      // It writes what a page of trades writes: small ones could keep a market from being settled.
      requireNoSettling(state, record);
      // The payer says by submitting that it pays.
      requireCaller(state, context, payer, 'box-office');
      require(currency === record.currency, 'PRICE_MISMATCH', { field: 'payout.currency', expected: record.currency });
      requireGivingHolder(state, record, payout);
      const { balanceMinor } = holderOf(state, event, holder);
      require(amountMinor <= balanceMinor, 'INSUFFICIENT_BALANCE', { field: 'payout.amountMinor', balanceMinor });
      adjustHolder(state, event, holder, { balanceMinor: -amountMinor });
      return {
        result: { balanceMinor: balanceMinor - amountMinor },
        entries: [
          [holderAccount(holder), -amountMinor, 'payout'],
          [payer, amountMinor, 'payout'],
        ],
      };
    },
  };
};
