/** Loads the sample season through the organizer's gateway: events that are missing, their missing allotments, then samples of resale. Running it again does nothing new. */
import type { GuichetClient, NewAllotment } from '../client/guichet-client.js';
import { ProblemError } from '../client/problem-error.js';
import { readSeason, rulesOf, scheduleOf, type Programme, type SellerRole } from './programme.js';
import { loadSamples } from './samples.js';

export interface LoadOptions {
  readonly organizer: string;
  readonly reseller: string;
  readonly venue: string;
  /** The organizer's gateway, with its operator's token. */
  readonly client: GuichetClient;
  readonly report: (line: string) => void;
  /** All of the season, unless given. */
  readonly season?: readonly Programme[];
}

export interface Loaded {
  readonly events: number;
  readonly allotments: number;
  readonly places: number;
  /** Tickets that fans offer, and those that were taken. */
  readonly listings: number;
  readonly resales: number;
}

/** An answer for up to this many at once. */
const GROUP = 100;

/** @returns what was created now */
export async function loadSeason(options: LoadOptions): Promise<Loaded> {
  const season = options.season ?? readSeason();
  const total = { events: 0, allotments: 0, places: 0, listings: 0, resales: 0 };
  for (const programme of season) {
    const event = `${options.organizer}:${programme.slug}`;
    const created = await ensureEvent(options, event, programme);
    const { allotments, places } = await ensureAllotments(options, event, programme);
    total.events += Number(created);
    total.allotments += allotments;
    total.places += places;
  }
  const samples = await Promise.all(season.map((programme) => loadSamples(options, programme)));
  for (const { listings, resales } of samples) {
    total.listings += listings;
    total.resales += resales;
  }
  return total;
}

async function ensureEvent(options: LoadOptions, event: string, programme: Programme): Promise<boolean> {
  const { client, venue, report } = options;
  if (await exists(client, event)) {
    report(`${event}: is there`);
    return false;
  }
  const { name, currency } = programme;
  const { body } = await client.createEvent({
    event,
    name,
    venue,
    currency,
    schedule: scheduleOf(programme, Date.now()),
    ...rulesOf(programme, options),
  });
  report(`${event}: created, block ${body.block ?? '?'}`);
  return true;
}

async function exists(client: GuichetClient, event: string): Promise<boolean> {
  try {
    await client.event(event);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'UNKNOWN_EVENT') return false;
    throw error;
  }
}

async function ensureAllotments(
  options: LoadOptions,
  event: string,
  programme: Programme,
): Promise<Pick<Loaded, 'allotments' | 'places'>> {
  const { client, report } = options;
  const known = await knownAllotments(client, event);
  const missing = allotmentsOf(options, programme).filter(({ allotment }) => !known.has(allotment));
  let places = 0;
  for (let at = 0; at < missing.length; at += GROUP) {
    const group = missing.slice(at, at + GROUP);
    const { body } = await client.createAllotments(event, group);
    for (const outcome of body.outcomes) {
      if ('problem' in outcome) throw new ProblemError(outcome.problem);
      places += outcome.receipt.places;
    }
    report(`${event}: ${Math.min(at + GROUP, missing.length)} of ${missing.length} allotments, ${places} places`);
  }
  return { allotments: missing.length, places };
}

async function knownAllotments(client: GuichetClient, event: string): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  let after: string | undefined;
  do {
    const page = await client.allotments(event, { limit: '100', ...(after !== undefined && { after }) });
    for (const { allotment } of page.allotments) known.add(allotment);
    after = page.next;
  } while (after !== undefined);
  return known;
}

/** One allotment for each section, and for each share of a standing area. */
function allotmentsOf(options: LoadOptions, { classes, seating, standing }: Programme): readonly NewAllotment[] {
  const priced = (allotment: string, priceClass: string, role: SellerRole) => {
    const price = classes[priceClass];
    if (!price) throw new Error(`the programme has no price class ${priceClass}`);
    const fees = [{ kind: 'service', payee: options[role], amountMinor: price.feeMinor }];
    return {
      allotment: allotment.toLowerCase(),
      seller: options[role],
      priceClass,
      facePriceMinor: price.facePriceMinor,
      fees,
    };
  };
  const seated = seating.flatMap(({ priceClass, seller, sections, rows, seats }) =>
    sections.map((section) => ({
      ...priced(section, priceClass, seller),
      seats: { section, rows: rowsOf(rows, seats) },
    })),
  );
  const pools = standing.map(({ priceClass, seller, section, from, to }) => ({
    ...priced(`${section}-${seller}`, priceClass, seller),
    pool: { section, from, to },
  }));
  return [...seated, ...pools];
}

const rowsOf = (count: number, seats: number): [string, number, number][] =>
  Array.from({ length: count }, (_, index) => [String.fromCharCode(65 + index), 1, seats]);
