/** Deposits: captured money of who wants to bid in a sealed market. Everybody sees who may bid, and at most how much. */
import { z } from 'zod';
import { marketIdOf, parseMarketId } from '../../../chaincode/domain/ids.js';
import { depositKey } from '../../../chaincode/domain/market/keys.js';
import { require } from '../../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { GatewayError } from '../../errors.js';
import { created, locate, receiptOf, submit } from '../commands.js';
import { requireMarketRecord } from '../market-reader.js';
import { ok, operation } from '../operation.js';
import { verifyOwn } from '../resale-statements.js';
import { compactJws, currency, marketId, minor, mspId, receiptShape, thumbprint } from '../schemas.js';

const tag = 'markets';

export const depositReceipt = z
  .strictObject({
    ...receiptShape,
    market: marketId,
    credential: thumbprint,
    amountMinor: minor,
    depositedMinor: minor.meta({ description: 'by this person in this market, with this one' }),
    currency,
  })
  .meta({ id: 'DepositReceipt' });

export const depositWithdrawalReceipt = z
  .strictObject({
    ...receiptShape,
    market: marketId,
    credential: thumbprint,
    releasedMinor: minor.meta({ description: "the whole deposit, now on the person's balance" }),
  })
  .meta({ id: 'DepositWithdrawalReceipt' });

export const depositSchema = z
  .strictObject({
    market: marketId,
    credential: thumbprint,
    reseller: mspId.meta({ description: 'who has the money' }),
    amountMinor: minor.meta({ description: 'all that was deposited and not taken back before the close' }),
    heldMinor: minor.meta({ description: 'what of it is neither spent nor given back' }),
    settled: z.int().min(0).optional().meta({ description: "how many of the person's trades are settled" }),
  })
  .meta({ id: 'Deposit' });

export const marketDepositOperations = [
  operation({
    id: 'createDeposit',
    method: 'POST',
    path: '/v1/markets/{market}/deposits',
    tag,
    summary: "Record that this gateway's organization has captured a buyer's deposit, within what it guarantees",
    authority: 'markets',
    params: z.strictObject({ market: marketId }),
    body: z.strictObject({ statement: compactJws.meta({ description: "the buyer's word (guichet-deposit+jwt)" }) }),
    responses: {
      201: { description: 'deposited', schema: depositReceipt },
      200: { description: 'deposited before: the first receipt', schema: depositReceipt },
    },
    async handle({ params: { market }, body: { statement } }, services) {
      const { payload } = verifyOwn('deposit', statement, services.place);
      const { credential, amountMinor, currency: paidIn, paymentReference } = payload;
      const named = marketIdOf(payload.event, payload.market);
      require(named === market, 'MARKET_MISMATCH', { field: 'deposit.market', expected: market });
      const accepted = await submit(services, { kind: 'market.deposit', statement });
      const depositedMinor = Number(accepted.result.depositedMinor);
      const deposited = { market, credential, amountMinor, depositedMinor, currency: paidIn };
      return created(accepted, { ...receiptOf(paymentReference, accepted), ...deposited });
    },
  }),
  operation({
    id: 'createDepositWithdrawal',
    method: 'POST',
    path: '/v1/markets/{market}/withdrawals',
    tag,
    summary: 'Take a deposit back before the close, signed by who made it, whichever organization has the money',
    params: z.strictObject({ market: marketId }),
    body: z.strictObject({
      statement: compactJws.meta({ description: "the person's word (guichet-deposit-withdrawal+jwt)" }),
    }),
    responses: {
      201: { description: 'withdrawn', schema: depositWithdrawalReceipt },
      200: { description: 'withdrawn before: the first receipt', schema: depositWithdrawalReceipt },
    },
    async handle({ params: { market }, body: { statement } }, services) {
      const { payload } = decodeStatement('deposit-withdrawal', statement, 'withdrawal');
      const named = marketIdOf(payload.event, payload.market);
      require(named === market, 'MARKET_MISMATCH', { field: 'withdrawal.market', expected: market });
      const accepted = await locate(services, await services.publicCommands.withdrawDeposit(statement));
      const releasedMinor = Number(accepted.result.releasedMinor);
      const { credential, jti } = payload;
      return created(accepted, { ...receiptOf(jti, accepted), market, credential, releasedMinor });
    },
  }),
  operation({
    id: 'getDeposit',
    method: 'GET',
    path: '/v1/markets/{market}/deposits/{credential}',
    tag,
    summary: "A person's deposit in a sealed market",
    params: z.strictObject({ market: marketId, credential: thumbprint }),
    tagged: true,
    responses: { 200: { description: 'it', schema: depositSchema } },
    async handle({ params: { market: id, credential } }, { records }) {
      const { event, market } = parseMarketId(id);
      const [record] = await records.read([depositKey(event, market, credential)]);
      if (record) return ok({ market: id, credential, ...record });
      await requireMarketRecord(records, id);
      throw new GatewayError('NOT_FOUND', { field: 'credential', credential });
    },
  }),
];
