/**
 * Keeps which places of each allotment are taken. It remembers them between blocks, so that a sale reads nothing and writes the stretches that it
 * concerns; what it remembers is of what it wrote last, so whoever finds that another wrote meanwhile, or does not know, has it forget.
 */
import { sql } from 'kysely';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { remove, rowsAs, update, upsert, type Writing } from './bulk.js';
import { isTaken, type Changes, type Mark } from './changes.js';
import { PlaceBits, type Stretch } from './place-bits.js';
import type { Row } from './rows/layout.js';

const KEY = ['event', 'allotment'] as const;
const STRETCHES = {
  table: 'places',
  key: [...KEY, 'stretch'],
  columns: ['taken'],
  casts: { taken: '::bytea' },
} as const;
/** More are not remembered at once: an allotment of 80,000 places takes 10,000 bytes. */
const MAX_KNOWN = 2_000;

interface Allotment {
  readonly event: string;
  readonly allotment: string;
  readonly bits: PlaceBits;
}

export class StoredPlaces {
  readonly #known = new Map<string, Allotment>();

  forget(): void {
    this.#known.clear();
  }

  /** After the rows of tickets and allotments. */
  async store(db: Writing, changes: Changes): Promise<void> {
    if (this.#known.size > MAX_KNOWN) this.forget();
    const stretches: Row[] = [];
    const concerned = new Map<string, Allotment>();
    const keep = (of: Allotment, changed: readonly Stretch[]) => {
      stretches.push(...changed.map((each) => ({ event: of.event, allotment: of.allotment, ...each })));
      concerned.set(keyOf(of), of);
    };
    const made = await this.#make(db, changes);
    for (const each of made) keep(each, each.bits.all());
    for (const each of await this.#mark(db, changes.marks, new Set(made.map(keyOf))))
      keep(each, each.bits.takeChanged());
    await upsert(db, STRETCHES, stretches);
    const sold = Array.from(concerned.values(), ({ event, allotment, bits }) => ({
      event,
      allotment,
      sold: bits.count,
    }));
    await update(db, 'allotments', { key: KEY, columns: ['sold'] }, sold);
  }

  /** Of allotments that are new, or that have other places than before: from their tickets, whatever was marked. */
  async #make(db: Writing, changes: Changes): Promise<readonly Allotment[]> {
    const written = changes.of('allotments');
    for (const { keys, row } of written) if (!row) this.#known.delete(keyOf(keys));
    const fresh = written.filter(({ keys, row }) => row && !this.#isKnown(keys, row.record as AllotmentRecord));
    await remove(
      db,
      'places',
      KEY,
      written.filter((each) => !each.row || fresh.includes(each)).map(({ keys }) => keys),
    );
    const made = fresh.map(({ keys, row }) => this.#know(keys, new PlaceBits(row?.record as AllotmentRecord)));
    if (made.length === 0) return made;
    const { rows } =
      await sql<Row>`select t.event, t.allotment, t.place, t.state from tickets t join ${rowsAs('tickets', KEY, made.map(keysOf))}
      on t.event = x.event and t.allotment = x.allotment`.execute(db);
    for (const row of rows) this.#known.get(keyOf(row))?.bits.set(String(row.place), isTaken(row));
    return made;
  }

  /** @returns those that the marks concern */
  async #mark(db: Writing, marks: readonly Mark[], made: ReadonlySet<string>): Promise<readonly Allotment[]> {
    // A ticket without a record says nothing of its allotment: all of its event's are asked.
    const vague = new Set(marks.flatMap(({ event, allotment }) => (allotment === undefined ? [event] : [])));
    await this.#load(
      db,
      marks.filter(({ event, allotment }) => allotment !== undefined && !vague.has(event)),
      [...vague],
    );
    const marked = new Set<Allotment>();
    const set = (of: Allotment | undefined, { place, taken }: Mark) => {
      if (of && !made.has(keyOf(of)) && of.bits.set(place, taken)) marked.add(of);
    };
    for (const mark of marks) {
      if (mark.allotment !== undefined) set(this.#known.get(keyOf(mark)), mark);
      else for (const of of this.#known.values()) if (of.event === mark.event) set(of, mark);
    }
    return [...marked];
  }

  /** Those that are not known yet of the allotments that are named, and of whole events. */
  async #load(db: Writing, named: readonly Mark[], events: readonly string[]): Promise<void> {
    const unknown = new Map(named.filter((mark) => !this.#known.has(keyOf(mark))).map((mark) => [keyOf(mark), mark]));
    if (unknown.size + events.length === 0) return;
    const wanted: Row[] = [...unknown.values()].map(keysOf);
    wanted.push(...events.map((event) => ({ event, allotment: null })));
    const { rows } = await sql<Row>`select a.event, a.allotment, a.record, p.taken from allotments a
      join ${rowsAs('allotments', KEY, wanted)} on x.event = a.event and (x.allotment is null or x.allotment = a.allotment)
      left join lateral (select string_agg(taken, ''::bytea order by stretch) as taken from places p
        where p.event = a.event and p.allotment = a.allotment) p on true`.execute(db);
    for (const row of rows)
      if (!this.#known.has(keyOf(row)))
        this.#know(row, new PlaceBits(row.record as AllotmentRecord, (row.taken as Uint8Array | null) ?? undefined));
  }

  #isKnown(keys: Row, record: AllotmentRecord): boolean {
    return this.#known.get(keyOf(keys))?.bits.isOf(record) ?? false;
  }

  #know(keys: Row, bits: PlaceBits): Allotment {
    const known = { event: String(keys.event), allotment: String(keys.allotment), bits };
    this.#known.set(keyOf(known), known);
    return known;
  }
}

const keyOf = ({ event, allotment }: { readonly event?: unknown; readonly allotment?: unknown }): string =>
  `${String(event)}/${String(allotment)}`;
const keysOf = ({ event, allotment }: { readonly event: string; readonly allotment?: string | undefined }): Row => ({
  event,
  allotment,
});
