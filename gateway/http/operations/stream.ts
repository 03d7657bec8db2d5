/** What happens on the ledger, as it happens: an event stream that goes on where it broke, or what is there already by the page. */
import { z } from 'zod';
import { require } from '../../../chaincode/domain/refusal.js';
import { eventType, ledgerEventSchema } from '../../push/ledger-event.js';
import { eventPage } from '../../push/page.js';
import { before, MAX_AHEAD, positionOf, POSITION, type Position } from '../../push/position.js';
import { currentCaller, shareOf } from '../caller.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { pageLimit } from '../paging.js';
import { eventId } from '../schemas.js';

const STREAM = 'text/event-stream';
const HEADERS = { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

const position = z.string().regex(POSITION, { error: 'is not an id of this stream' });
const block = digits(z.int().min(0).max(999_999_999_999_999));
const types = z
  .string()
  .max(2_000)
  .refine((text) => text.split(',').every((type) => eventType.safeParse(type).success), {
    error: 'names a type that there is not',
  });

interface Asked {
  readonly from?: number | undefined;
  readonly after?: string | undefined;
}

export const streamOperations = [
  operation({
    id: 'streamEvents',
    method: 'GET',
    path: '/v1/stream',
    tag: 'push',
    summary:
      'What happens on the ledger: as a stream (`Accept: text/event-stream`), or what is there already by the page',
    query: z.strictObject({
      event: eventId.optional().meta({ description: 'of this event only' }),
      type: types.optional().meta({ description: 'types of events, with commas between them; all if absent' }),
      from: block
        .optional()
        .meta({ description: 'begin with this block; a stream begins now if absent, pages with block 0' }),
      after: position
        .optional()
        .meta({ description: '`next` of the page before, or an id: `Last-Event-ID` as a parameter' }),
      limit: pageLimit,
    }),
    headers: z.object({
      'last-event-id': position
        .optional()
        .meta({ description: 'of the last event that came: the stream goes on after it, at whatever gateway' }),
    }),
    responses: {
      200: {
        description: 'a page; as a stream each `data` is one event, its `id` the event’s, and comments come between',
        schema: z.strictObject({
          events: z.array(ledgerEventSchema),
          next: z
            .string()
            .optional()
            .meta({ description: 'everything up to there was looked at: `after` of the next page' }),
        }),
        also: [STREAM],
      },
    },
    async handle({ query: { event, type, limit, ...asked }, headers, mediaType, gone }, { push: { log, streams } }) {
      const filter = { event, ...(type !== undefined && { types: new Set(type.split(',')) }) };
      const last = headers['last-event-id'];
      // A page that reconnects asks its first address again and adds where it was.
      const named = last === undefined ? asked : { after: last };
      if (mediaType !== STREAM) {
        const { events, next } = await eventPage(log, { filter, after: beginningOf(named), limit, signal: gone() });
        return ok({ events: [...events], ...(next !== undefined && { next }) });
      }
      const height = await log.height();
      const after = isNamed(named) ? beginningOf(named) : before(height);
      const field = last === undefined ? 'query.after' : 'header.last-event-id';
      require((after?.block ?? 0) < height + MAX_AHEAD, 'INVALID_FIELD', { field, height });
      const caller = shareOf(currentCaller() ?? { kind: 'anybody', id: '' });
      return { status: 200, mediaType: STREAM, headers: HEADERS, ...streams.open({ filter, after, caller }) };
    },
  }),
];

const isNamed = ({ from, after }: Asked): boolean => from !== undefined || after !== undefined;

const beginningOf = ({ from, after }: Asked): Position | undefined =>
  after === undefined ? before(from ?? 0) : positionOf(after);
