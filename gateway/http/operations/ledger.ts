/** The ledger itself: its blocks and transactions, and the nodes that keep it. */
import { z } from 'zod';
import { GatewayError } from '../../errors.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import type { Block, NodeStatus, Transaction } from '../ports.js';
import { mspId, txId } from '../schemas.js';

const tag = 'ledger';
const MAX_BLOCKS = 50;
const hash = z.string().regex(/^[0-9a-f]*$/);

const summaryShape = {
  tx: z.string().meta({ description: "empty for the channel's configuration" }),
  block: z.int().min(0),
  timestamp: z.iso.datetime({ offset: true }),
  mspId: mspId.optional(),
  code: z.string().meta({ description: "Fabric's TxValidationCode, VALID if the writes were applied" }),
  function: z.string().optional(),
};
const summarySchema = z.strictObject({ ...summaryShape, commands: z.int().min(0) }).meta({ id: 'TransactionSummary' });
const transactionSchema = z
  .strictObject({ ...summaryShape, commands: z.array(z.unknown()), outcomes: z.array(z.unknown()) })
  .meta({ id: 'Transaction' });

const blockSchema = z
  .strictObject({
    number: z.int().min(0),
    hash,
    previousHash: hash,
    dataHash: hash,
    transactions: z.array(summarySchema),
  })
  .meta({ id: 'Block' });

const nodeSchema = z
  .strictObject({ mspId, address: z.string(), reachable: z.boolean(), height: z.int().min(0).optional() })
  .meta({ id: 'Node' });

export const ledgerOperations = [
  operation({
    id: 'listBlocks',
    method: 'GET',
    path: '/v1/blocks',
    tag,
    summary: 'Blocks, the latest first',
    query: z.strictObject({
      before: digits(z.int().min(0))
        .optional()
        .meta({ description: 'continue before this number: `next` of the page before' }),
      limit: digits(z.int().min(1).max(MAX_BLOCKS)).default(10),
    }),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ height: z.int(), blocks: z.array(blockSchema), next: z.int().optional() }),
      },
    },
    async handle({ query: { before, limit } }, { blocks }) {
      const { height } = await blocks.info();
      const top = Math.min(before ?? height, height);
      const bottom = Math.max(top - limit, 0);
      const numbers = Array.from({ length: top - bottom }, (_, index) => top - 1 - index);
      const found = await Promise.all(numbers.map((number) => blocks.block(number)));
      const page = found.flatMap((block) => (block ? [blockOf(block)] : []));
      return ok({ height, blocks: page, ...(bottom > 0 && { next: bottom }) });
    },
  }),
  operation({
    id: 'getBlock',
    method: 'GET',
    path: '/v1/blocks/{number}',
    tag,
    summary: 'One block',
    params: z.strictObject({ number: digits(z.int().min(0)) }),
    tagged: true,
    responses: { 200: { description: 'it', schema: blockSchema } },
    async handle({ params: { number } }, { blocks }) {
      const block = await blocks.block(number);
      if (!block) throw new GatewayError('NOT_FOUND', { field: 'number', block: number });
      return ok(blockOf(block));
    },
  }),
  operation({
    id: 'getTransaction',
    method: 'GET',
    path: '/v1/transactions/{tx}',
    tag,
    summary: 'One transaction with its commands, which carry the signed statements, and what was answered to each',
    params: z.strictObject({ tx: txId }),
    tagged: true,
    responses: { 200: { description: 'it', schema: transactionSchema } },
    async handle({ params: { tx } }, { blocks }) {
      const found = await blocks.transaction(tx);
      if (!found) throw new GatewayError('NOT_FOUND', { field: 'tx', tx });
      return ok({ ...headOf(found), commands: [...found.commands], outcomes: [...found.outcomes] });
    },
  }),
  operation({
    id: 'getNetwork',
    method: 'GET',
    path: '/v1/network',
    tag,
    summary: 'The channel and the nodes that keep it',
    tagged: 'body',
    responses: {
      200: {
        description: 'as this gateway sees it',
        schema: z.strictObject({
          channel: z.string(),
          consensus: z.string(),
          gateway: mspId,
          height: z.int(),
          currentHash: hash,
          peers: z.array(nodeSchema),
          orderers: z.array(nodeSchema),
        }),
      },
    },
    async handle(_, { blocks, network, place }) {
      const [{ height, currentHash }, { peers, orderers }] = await Promise.all([blocks.info(), network.status()]);
      const { channel, consensus, mspId: gateway } = place;
      return ok({
        channel,
        consensus,
        gateway,
        height,
        currentHash,
        peers: peers.map(nodeOf),
        orderers: orderers.map(nodeOf),
      });
    },
  }),
];

const headOf = ({ tx, block, timestamp, mspId: submitter, code, function: called }: Transaction) => ({
  tx,
  block,
  timestamp,
  code,
  ...(submitter !== undefined && { mspId: submitter }),
  ...(called !== undefined && { function: called }),
});

const blockOf = ({ number, hash: own, previousHash, dataHash, transactions }: Block) => ({
  number,
  hash: own,
  previousHash,
  dataHash,
  transactions: transactions.map((each) => ({ ...headOf(each), commands: each.commands.length })),
});

const nodeOf = ({ mspId: msp, address, reachable, height }: NodeStatus) => ({
  mspId: msp,
  address,
  reachable,
  ...(height !== undefined && { height }),
});
