/**
 * Reads that the read model answers. They may be behind the ledger by a moment: `min-block` waits for it. `ETag` (RFC 9110, section 8.8.3) is the block that
 * last changed what the answer is made of, so `If-None-Match` costs next to nothing.
 */
import { z } from 'zod';
import type { Database } from '../projection/open-tables.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { touchedAt } from '../projection/queries/places.js';
import { tagsIn } from './entity-tag.js';
import { operation, type Operation } from './operation.js';
import type { Services } from './services.js';

/** Changes when answers to the same records do, so that nobody keeps an old one. */
const FORM = 1;

const headers = z.object({
  'if-none-match': z
    .string()
    .max(1_024)
    .optional()
    .meta({ description: 'an ETag of before: 304 if nothing has changed' }),
});

/** What was found, and the block that the answer is as of. */
interface Found<B> {
  readonly block: number;
  /** Of what the answer has beside the ledger's records: it changes the ETag. */
  readonly tag?: string;
  readonly body: B;
}

interface ProjectedSpec<P extends z.ZodObject, Q extends z.ZodObject, S extends z.ZodType>
  extends Pick<Operation, 'id' | 'path' | 'summary' | 'tag'>, Partial<Pick<Operation, 'authority'>> {
  readonly params: P;
  readonly query: Q;
  readonly schema: S;
  readonly description: string;
  readonly read: (
    input: { readonly params: z.output<P>; readonly query: z.output<Q> },
    db: Database,
    height: number,
    services: Services,
  ) => Promise<Found<z.input<S>>>;
}

export function projected<P extends z.ZodObject, Q extends z.ZodObject, S extends z.ZodType>(
  spec: ProjectedSpec<P, Q, S>,
): Operation {
  const { params, query, schema, description, read, ...rest } = spec;
  return operation({
    ...rest,
    method: 'GET',
    params,
    query,
    asOf: 'read-model',
    headers,
    responses: {
      200: { description, schema },
      304: { description: 'nothing has changed since the ETag of If-None-Match', schema: z.undefined() },
    },
    async handle(input, services) {
      const { db, height } = services.readModel;
      const { block, body, tag } = await read(input, db, height, services);
      const etag = `"${FORM}-${block}${tag === undefined ? '' : `-${tag}`}"`;
      const answered = { ETag: etag, 'Cache-Control': 'no-cache' };
      if (isKnown(etag, input.headers['if-none-match']))
        return { status: 304, body: undefined, headers: answered } as never;
      return { status: 200, body, headers: answered } as never;
    },
  });
}

/** Weak comparison, as RFC 9110 section 13.1.2 asks. */
function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  const known = tagsIn(ifNoneMatch ?? '').map((each) => each.replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag);
}

/** The block first, then what it is the block of: what is newer than its ETag is only asked for once more. @throws {Refusal} UNKNOWN_EVENT */
export async function requireTouched(db: Database, event: string): Promise<number> {
  return (await touchedAt(db, event)) ?? refuse('UNKNOWN_EVENT', { field: 'event', event });
}
