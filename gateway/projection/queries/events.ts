/** Events found by words, time, venue, organizer, currency, class and whether they are on sale; the earliest first. */
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../open-tables.js';
import { queryOf } from '../words.js';

export interface EventsQuery {
  readonly words: string | undefined;
  /** RFC 3339 UTC: starts at the first or later, before the second. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly venue: string | undefined;
  readonly organizer: string | undefined;
  readonly currency: string | undefined;
  readonly priceClass: string | undefined;
  readonly state: string | undefined;
  readonly onSale: boolean | undefined;
  readonly after: EventCursor | undefined;
  readonly limit: number;
}

export interface EventCursor {
  readonly startsAt: string;
  readonly event: string;
}

const salesAreOpen = sql<boolean>`exists (select 1 from gates g where g.event = e.event and g.gate = 'sales' and g.state = 'open')`;

/** @returns up to `limit + 1` events */
export function findEvents(db: Database, query: EventsQuery) {
  return db
    .selectFrom('events as e')
    .leftJoin('organizations as o', 'o.msp_id', 'e.organizer')
    .leftJoin('organizations as v', 'v.msp_id', 'e.venue')
    .leftJoinLateral(supply, (join) => join.onTrue())
    .select(['e.event', 'e.name', 'e.organizer', 'e.venue', 'e.currency', 'e.state', 'e.starts_at', 'e.ends_at'])
    .select(['o.name as organizer_name', 'v.name as venue_name', 's.places', 's.free', 's.from_minor'])
    .select(salesAreOpen.as('on_sale'))
    .where(sql.join<boolean>([sql`true`, ...conditionsOf(query)], sql` and `))
    .orderBy('e.starts_at')
    .orderBy('e.event')
    .limit(query.limit + 1)
    .execute();
}

/** What open allotments have. */
const supply = sql<{ places: number; free: number; from_minor: number | null }>`(
  select coalesce(sum(a.places), 0)::bigint as places, coalesce(sum(a.places - a.sold) filter (where a.state = 'open'), 0)::bigint as free,
    min(a.total_minor) filter (where a.state = 'open' and a.sold < a.places) as from_minor
  from allotments a where a.event = e.event)`.as<'s'>('s');

/** One for each thing that is asked. */
function conditionsOf({ words, onSale, after, limit: _, ...rest }: EventsQuery): readonly RawBuilder<unknown>[] {
  const asked = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : [CONDITIONS[name as keyof typeof rest](value)],
  );
  if (words !== undefined) asked.push(saysWords(words));
  if (onSale !== undefined) asked.push(onSale ? salesAreOpen : sql`not ${salesAreOpen}`);
  if (after) asked.push(sql`(e.starts_at, e.event) > (${after.startsAt}, ${after.event})`);
  return asked;
}

type Plain = Exclude<keyof EventsQuery, 'words' | 'onSale' | 'after' | 'limit'>;

const CONDITIONS: Readonly<Record<Plain, (value: string) => RawBuilder<unknown>>> = {
  from: (time) => sql`e.starts_at >= ${time}`,
  to: (time) => sql`e.starts_at < ${time}`,
  venue: (msp) => sql`e.venue = ${msp}`,
  organizer: (msp) => sql`e.organizer = ${msp}`,
  currency: (code) => sql`e.currency = ${code}`,
  state: (state) => sql`e.state = ${state}`,
  priceClass: (name) => sql`exists (select 1 from allotments a where a.event = e.event and a.price_class = ${name})`,
};

/** Words without a letter or a digit are in no event. */
function saysWords(words: string): RawBuilder<unknown> {
  const terms = queryOf(words);
  return terms === undefined ? sql`false` : sql`e.search @@ to_tsquery('simple', ${terms})`;
}
