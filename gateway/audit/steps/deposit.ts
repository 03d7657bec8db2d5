/** A deposit: signed by who deposits, one of the steps, by one reseller within what it guarantees; and its withdrawal before the close. */
import { requireCurrent } from '../../../chaincode/domain/authority.js';
import { enrolmentKey } from '../../../chaincode/domain/committee-keys.js';
import { requireGivingHolder, requireHolderKey } from '../../../chaincode/domain/holders.js';
import { depositKey, guaranteeKey } from '../../../chaincode/domain/market/keys.js';
import { ESCROWED_DEPOSITS, holderAccount } from '../../../chaincode/domain/money.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { adjustHolder, holderOf } from '../../../chaincode/domain/ticket.js';
import { agree, differ } from '../difference.js';
import { eventOf, keyOf, marketIn, type Recompute, type Stepping } from './step.js';

export const deposit: Recompute<{ readonly statement: string }> = (stepping, command) => {
  const { state, event, market, context } = stepping;
  const terms = marketIn(stepping, 'open');
  keyOf(stepping);
  const record = eventOf(stepping);
  const statement = decodeStatement('deposit', command.statement, 'deposit');
  const { credential, reseller, amountMinor, currency, channel } = statement.payload;
  requireCurrent(statement, event, context);
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
  const found = state.get(key);
  const none = { reseller, amountMinor: 0, heldMinor: 0 };
  // Who has taken it back may go to another reseller.
  const before = found && found.amountMinor > 0 ? found : none;
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
  keep(stepping, credential, command.statement);
  return [
    [reseller, -amountMinor, 'deposit'],
    [ESCROWED_DEPOSITS, amountMinor, 'deposit'],
  ];
};

/** The most that a balance comes to by withdrawals. */
const MAX_BALANCE_MINOR = 10 ** 12;

export const withdraw: Recompute<{ readonly statement: string }> = (stepping, command) => {
  const { state, event, market, context } = stepping;
  const { closesAt } = marketIn(stepping, 'open');
  const statement = decodeStatement('deposit-withdrawal', command.statement, 'withdrawal');
  const { credential, reseller, channel, exp } = statement.payload;
  requireGivingHolder(state, eventOf(stepping), statement);
  const key = depositKey(event, market, credential);
  agree(channel === context.channel, key, context.channel, channel);
  agree(context.nowSeconds < exp, key, `a statement until ${exp}`, context.nowSeconds);
  agree(context.now < closesAt, key, `before ${closesAt}`, context.now);
  const { amountMinor, heldMinor, ...before } = state.get(key) ?? differ(key, 'a deposit', 'none');
  agree(heldMinor > 0 && heldMinor === amountMinor, key, 'a deposit that is held', heldMinor);
  agree(before.reseller === reseller, key, `with ${before.reseller}`, reseller);
  const balanceMinor = holderOf(state, event, credential).balanceMinor + heldMinor;
  agree(balanceMinor <= MAX_BALANCE_MINOR, key, `a balance of at most ${MAX_BALANCE_MINOR}`, balanceMinor);
  const guarantee = guaranteeKey(event, market, reseller);
  const guaranteed = state.get(guarantee) ?? differ(guarantee, 'a guarantee that is used', 'none');
  state.put(guarantee, { depositsMinor: guaranteed.depositsMinor - heldMinor });
  adjustHolder(state, event, credential, { balanceMinor: heldMinor });
  state.put(key, { reseller, amountMinor: 0, heldMinor: 0 });
  keep(stepping, credential, command.statement);
  return [
    [ESCROWED_DEPOSITS, -heldMinor, 'release'],
    [holderAccount(credential), heldMinor, 'release'],
  ];
};

/** With the key that speaks for the person now: a replacement may follow. */
function keep({ state, event, evidence }: Stepping, credential: string, statement: string): void {
  const name = enrolmentKey(event, credential);
  evidence.depositKeys.push(state.get(name)?.key ?? differ(name, 'an enrolment', 'none'));
  evidence.deposits.push(statement);
}
