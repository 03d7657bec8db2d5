/** A deposit: signed by who deposits, one of the steps, by one reseller within what it guarantees. */
import { requireHolderKey } from '../../../chaincode/domain/holders.js';
import { depositKey, guaranteeKey } from '../../../chaincode/domain/market/keys.js';
import { ESCROWED_DEPOSITS } from '../../../chaincode/domain/money.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { agree } from '../difference.js';
import { eventOf, keyOf, marketIn, type Recompute } from './step.js';

export const deposit: Recompute<{ readonly statement: string }> = (stepping, command) => {
  const { state, event, market, context, evidence } = stepping;
  const terms = marketIn(stepping, 'open');
  keyOf(stepping);
  const record = eventOf(stepping);
  const statement = decodeStatement('deposit', command.statement, 'deposit');
  const { credential, reseller, amountMinor, currency, channel } = statement.payload;
  requireHolderKey(state, record, statement);
  const key = depositKey(event, market, credential);
  const named = channel === context.channel && reseller === context.caller.mspId && currency === record.currency;
  agree(
    named,
    key,
    `${context.channel} ${context.caller.mspId} ${record.currency}`,
    `${channel} ${reseller} ${currency}`,
  );
  agree(context.now < terms.closesAt, key, `before ${terms.closesAt}`, context.now);
  agree(terms.depositSteps.includes(amountMinor), key, `one of ${terms.depositSteps.join(' ')}`, amountMinor);
  const before = state.get(key) ?? { reseller, amountMinor: 0, heldMinor: 0 };
  agree(before.reseller === reseller, key, `all with ${before.reseller}`, reseller);
  const guarantee = guaranteeKey(event, market, reseller);
  const depositsMinor = (state.get(guarantee)?.depositsMinor ?? 0) + amountMinor;
  const limitMinor = terms.guarantees[reseller] ?? 0;
  agree(depositsMinor <= limitMinor, guarantee, `at most ${limitMinor}`, depositsMinor);
  state.put(guarantee, { depositsMinor });
  state.put(key, {
    ...before,
    amountMinor: before.amountMinor + amountMinor,
    heldMinor: before.heldMinor + amountMinor,
  });
  evidence.deposits.push(command.statement);
  return [
    [reseller, -amountMinor, 'deposit'],
    [ESCROWED_DEPOSITS, amountMinor, 'deposit'],
  ];
};
