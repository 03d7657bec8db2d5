/**
 * A deposit taken back before the close: what only shows who may bid must not be kept from its owner for as long as a market is open. Any organization may
 * submit it, so that the reseller that has the money can't hold it back.
 */
import { z } from 'zod';
import { findEvent, requireCaller, requireCurrent } from '../authority.js';
import { enrolmentKeysOf, requireGivingHolder } from '../holders.js';
import { commandKey, eventKey, holderKey, organizationKey } from '../keys.js';
import { depositOf, withdrawDeposit } from '../market/escrow.js';
import { depositKey, guaranteeKey, marketKey } from '../market/keys.js';
import { requireTaking } from '../market/standing.js';
import { parseWith } from '../parse.js';
import { refuse, require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';

const withdrawing = z.strictObject({ kind: z.literal('market.withdraw'), statement: compactJws });

export const prepareDepositWithdrawal: Prepare = (raw, callerMsp) => {
  const command = parseWith(withdrawing, raw, '');
  const statement = decodeStatement('deposit-withdrawal', command.statement, 'withdrawal');
  const { event, market, jti, credential, reseller } = statement.payload;
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: [
      eventKey(event),
      // What the close writes: the one excludes the other.
      marketKey(event, market),
      organizationKey(callerMsp),
      ...enrolmentKeysOf(event, statement),
    ],
    writes: [
      guaranteeKey(event, market, reseller),
      holderKey(event, credential),
      depositKey(event, market, credential),
    ],
    decide(state, context) {
      requireCurrent(statement, event, context);
      // Of a cancelled event too: it is the person's money.
      const record = findEvent(state, event);
      requireTaking(state, event, market, context);
      requireCaller(state, context, callerMsp, 'box-office');
      requireGivingHolder(state, record, statement);
      const depositor = { event, market, credential };
      const deposit = depositOf(state, depositor);
      if (!deposit) return refuse('NOTHING_DUE', { field: 'withdrawal.credential', credential });
      const expected = deposit.reseller;
      require(reseller === expected, 'DEPOSIT_MISMATCH', { field: 'withdrawal.reseller', expected });
      return { result: { releasedMinor: deposit.heldMinor }, entries: withdrawDeposit(state, depositor, deposit) };
    },
  };
};
