/** What the OpenAPI document says of headers: they are the same for every write, and for every read that has an entity tag. */
import type { Operation } from './operation.js';

type Json = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const ENTITY_TAG = {
  description: 'the height up to which blocks were seen when it was read, and a digest of the answer',
  required: true,
  schema: text,
};
const BODY_TAG = { ...ENTITY_TAG, description: 'a digest of the answer' };
const BLOCK_TAG = {
  description: 'the block that last changed what the answer is made of',
  required: true,
  schema: text,
};
const NOT_MODIFIED_STATUS = 304;
export const REQUEST_ID = { 'X-Request-Id': { description: 'as in the log', required: true, schema: text } };

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    "8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out",
  schema: { ...text, pattern: '^("[A-Za-z0-9][A-Za-z0-9_.-]{7,63}"|[A-Za-z0-9][A-Za-z0-9_.-]{7,63})$' },
};
const PREFER = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description:
    '`respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier',
  schema: text,
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'entity tags of answers that you have: 304 without a body if one of them still holds',
  schema: text,
};

export function headersOf({ method, submits, tagged }: Operation): readonly Json[] {
  if (method === 'GET') return tagged ? [IF_NONE_MATCH] : [];
  return submits ? [IDEMPOTENCY_KEY, PREFER] : [IDEMPOTENCY_KEY];
}

const REPLAYED = {
  description: '`true`: it was done before, and nothing was done now',
  schema: { type: 'string', enum: ['true'] },
};
const OF_ACCEPTED = {
  Location: { description: 'what becomes of it', required: true, schema: { type: 'string', format: 'uri-reference' } },
  'Preference-Applied': { required: true, schema: { type: 'string', enum: ['respond-async'] } },
  'Retry-After': { description: 'seconds', required: true, schema: { type: 'integer' } },
};

/** Members of a response of the document. */
export function headersOfReply({ method, keepsAnswer, tagged, responses }: Operation, status: number): Json {
  return { headers: { ...REQUEST_ID, ...ownHeaders() } };

  function ownHeaders(): Json {
    if (status === 202) return OF_ACCEPTED;
    if (tagged) return { ETag: tagOf(tagged) };
    if (NOT_MODIFIED_STATUS in responses) return { ETag: BLOCK_TAG };
    // What was created before is 200 when it is told again; an answer that is kept has the status of the first.
    return method !== 'GET' && (keepsAnswer || status === 200) ? { 'Idempotency-Replayed': REPLAYED } : {};
  }
}

export const notModified = ({ tagged }: Operation): Json => ({
  description: `one of \`If-None-Match\` still holds${tagged === 'body' ? '' : '; `ETag` has the newer height'}`,
  headers: { ...REQUEST_ID, ETag: tagOf(tagged) },
});

const tagOf = (tagged: Operation['tagged']): Json => (tagged === 'body' ? BODY_TAG : ENTITY_TAG);
