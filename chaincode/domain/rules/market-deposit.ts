/** A deposit: signed by who wants to bid, recorded by the reseller that has captured the money. It shows who may bid and at most how much, and nothing more. */
import { z } from 'zod';
import { requireCaller, requireCurrent, requireEvent, requireOrganization } from '../authority.js';
import { keyNameOf, sharedKeyKey } from '../committee-keys.js';
import { requireUsableKey } from '../credentials/node-statements.js';
import { enrolmentKeysOf, requireHolderKey } from '../holders.js';
import { eventKey, organizationKey, paymentKey } from '../keys.js';
import { depositOf, takeDeposit } from '../market/escrow.js';
import { depositKey, guaranteeKey, marketKey } from '../market/keys.js';
import type { MarketRecord } from '../market/records.js';
import { requireTaking } from '../market/standing.js';
import { addMinor } from '../money.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement, type Payload } from '../statements.js';

const depositing = z.strictObject({ kind: z.literal('market.deposit'), statement: compactJws });

export const prepareDeposit: Prepare = (raw) => {
  const command = parseWith(depositing, raw, '');
  const statement = decodeStatement('deposit', command.statement, 'deposit');
  const { event, market, credential, reseller, amountMinor, currency, paymentReference } = statement.payload;
  const name = keyNameOf(event, market);
  return {
    kind: command.kind,
    event,
    // The reference keeps a payment from being deposited twice, or deposited and spent.
    memory: paymentKey(event, reseller, paymentReference),
    digest: statement.digest,
    reads: [
      eventKey(event),
      marketKey(event, market),
      sharedKeyKey(name),
      organizationKey(reseller),
      ...enrolmentKeysOf(event, statement),
    ],
    writes: [guaranteeKey(event, market, reseller), depositKey(event, market, credential)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const record = requireEvent(state, event);
      const terms = requireTaking(state, event, market, context);
      requireUsableKey(state, name, 'deposit.market');
      require(currency === record.currency, 'PRICE_MISMATCH', { field: 'deposit.currency', expected: record.currency });
      requireCaller(state, context, reseller, 'box-office');
      requireOrganization(state, reseller, ['reseller', 'organizer'], 'deposit.reseller');
      requireHolderKey(state, record, statement);
      requireAmount(state, terms, statement.payload);
      const entries = takeDeposit(state, { event, market, credential }, reseller, amountMinor);
      const depositedMinor = depositOf(state, { event, market, credential })?.amountMinor ?? 0;
      return { result: { depositedMinor }, entries };
    },
  };
};

/** One of the market's steps, so that an amount says little; with one reseller; and within what that one vouches for. */
function requireAmount(state: State, { depositSteps, guarantees }: MarketRecord, deposit: Payload<'deposit'>): void {
  const { event, market, credential, reseller, amountMinor } = deposit;
  require(depositSteps.includes(amountMinor), 'DEPOSIT_MISMATCH', {
    field: 'deposit.amountMinor',
    expected: depositSteps.join(' '),
  });
  const held = depositOf(state, { event, market, credential });
  const same = held === undefined || held.reseller === reseller;
  require(same, 'DEPOSIT_MISMATCH', { field: 'deposit.reseller', expected: held?.reseller ?? '' });
  const key = guaranteeKey(event, market, reseller);
  const depositsMinor = addMinor(state.get(key)?.depositsMinor ?? 0, amountMinor, 'deposit.amountMinor');
  const limitMinor = guarantees[reseller] ?? 0;
  require(depositsMinor <= limitMinor, 'GUARANTEE_EXCEEDED', { field: 'deposit.reseller', limitMinor });
  state.put(key, { depositsMinor });
}
