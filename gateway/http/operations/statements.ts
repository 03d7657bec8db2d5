/** Statements of accounts: what an organization owes and is owed by the ledger's entries, line by line with its place on the ledger, as JSON or CSV. */
import { z } from 'zod';
import { organizationKey } from '../../../chaincode/domain/keys.js';
import { refuse, require } from '../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../errors.js';
import type { KindSum } from '../../statements/balances.js';
import { csvOf } from '../../statements/csv.js';
import { POSITION, positionOf, textOf, timeOf, type Line } from '../../statements/line.js';
import type { Statement, StatementQuery } from '../../statements/statements.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { currency, eventId, mspId, timestamp, txId } from '../schemas.js';
import type { Services } from '../services.js';

const CSV = 'text/csv';
const position = z.string().regex(POSITION, { error: 'is not a place on the ledger "block.index.entry"' });
const amountMinor = z.int().meta({ description: 'what the organization gains; negative for what it gives' });
const kind = z.string().meta({ description: 'what the entry is for; operators-fee is computed from blocks' });

const lineSchema = z
  .strictObject({
    block: z.int().min(0),
    index: z.int().min(0).meta({ description: 'of the transaction in its block' }),
    entry: z.int().min(0).meta({ description: 'of the entry in its transaction' }),
    tx: txId,
    bookedAt: z.iso.datetime(),
    event: eventId.optional(),
    command: z.string().optional().meta({ description: 'under which the ledger remembers it: signer/id' }),
    kind,
    amountMinor,
    counterparty: z.string().optional().meta({ description: 'where only one account is on the other side' }),
  })
  .meta({ id: 'StatementLine' });

export const statementSchema = z
  .strictObject({
    organization: mspId,
    currency,
    from: timestamp.optional(),
    to: timestamp.optional(),
    throughBlock: z.int().meta({ description: 'the last block that was looked at' }),
    closed: z.boolean().meta({ description: 'the period is over for the ledger too: nothing will be added to it' }),
    openingBalanceMinor: z.int(),
    closingBalanceMinor: z.int(),
    totals: z.array(z.strictObject({ kind, amountMinor, lines: z.int().min(1) })),
    lines: z.array(lineSchema),
    next: position.optional(),
  })
  .meta({ id: 'Statement' });

const query = z.strictObject({
  organization: mspId.optional().meta({ description: "this gateway's own unless given" }),
  currency,
  from: timestamp.optional().meta({ description: 'booked then or later' }),
  to: timestamp.optional().meta({ description: 'booked before' }),
  through: digits(z.int().min(0))
    .optional()
    .meta({ description: 'the last block to look at: `throughBlock` of another page, or of another gateway' }),
  ...pageQuery(position).shape,
  format: z.enum(['json', 'csv']).optional().meta({ description: 'goes before Accept; CSV has all lines at once' }),
});
type Query = z.output<typeof query>;

export const statementOperations = [
  operation({
    id: 'getStatement',
    method: 'GET',
    path: '/v1/statements',
    tag: 'statements',
    summary: "An organization's lines of a currency and a period, in the order of the ledger",
    authority: 'statements',
    query,
    problems: [404, 422, 502],
    responses: { 200: { description: 'the statement', schema: statementSchema, also: [CSV] } },
    async handle({ query: asked, mediaType, aside }, services) {
      const about = await aboutOf(asked, services);
      let read: number | undefined;
      await aside(async () => (read = await services.statements.catchUp()));
      const statement = await services.statements.statement(about, read);
      if (!statement) throw new GatewayError('NOT_FOUND', { field: 'query.through', block: asked.through ?? 0 });
      const isCsv = asked.format === undefined ? mediaType === CSV : asked.format === 'csv';
      return isCsv ? csvReply(asked, about, statement) : ok(await pageOfLines(asked, about, statement));
    },
  }),
];

async function aboutOf({ organization, from, to, ...rest }: Query, { place, records }: Services) {
  require(from === undefined || to === undefined || from < to, 'INVALID_FIELD', {
    field: 'query.to',
    reason: 'is not after from',
  });
  const about = organization ?? place.mspId;
  const [registered] = await records.read([organizationKey(about)]);
  if (!registered) return refuse('UNKNOWN_ORGANIZATION', { field: 'query.organization', organization: about });
  return {
    organization: about,
    currency: rest.currency,
    fromMs: from === undefined ? undefined : Date.parse(from),
    toMs: to === undefined ? undefined : Date.parse(to),
    through: rest.through,
  } satisfies StatementQuery;
}

async function pageOfLines(
  { from, to, after, limit }: Query,
  { organization, currency }: StatementQuery,
  statement: Statement,
) {
  const lines: Line[] = [];
  for await (const line of statement.lines(after === undefined ? undefined : positionOf(after))) {
    lines.push(line);
    if (lines.length > limit) break;
  }
  const { items, next } = pageOf(lines, limit, textOf);
  return {
    organization,
    currency,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    throughBlock: statement.throughBlock,
    closed: statement.closed,
    openingBalanceMinor: minorOf(statement.openingMinor),
    closingBalanceMinor: minorOf(statement.closingMinor),
    totals: statement.totals.map(totalOf),
    lines: items.map(resourceOf),
    ...(next !== undefined && { next }),
  };
}

function csvReply({ after }: Query, { organization, currency }: StatementQuery, statement: Statement) {
  return {
    status: 200,
    mediaType: CSV,
    headers: {
      'Content-Type': `${CSV}; charset=utf-8; header=present`,
      'Content-Disposition': `attachment; filename="statement-${organization}-${currency}.csv"`,
      'Guichet-Through-Block': String(statement.throughBlock),
    },
    chunks: csvOf(statement.lines(after === undefined ? undefined : positionOf(after))),
  };
}

const totalOf = ({ kind, amountMinor, lines }: KindSum) => ({ kind, amountMinor: minorOf(amountMinor), lines });

const resourceOf = ({ block, index, entry, tx, event, command, kind, amountMinor, counterparty, ...line }: Line) => ({
  block,
  index,
  entry,
  tx,
  bookedAt: timeOf(line),
  ...(event !== undefined && { event }),
  ...(command !== undefined && { command }),
  kind,
  amountMinor,
  ...(counterparty !== undefined && { counterparty }),
});

/** Sums are exact; one that JSON could not carry exactly is not told at all. */
function minorOf(sum: bigint): number {
  const minor = Number(sum);
  require(Number.isSafeInteger(minor), 'AMOUNT_OVERFLOW', { field: 'statement' });
  return minor;
}
