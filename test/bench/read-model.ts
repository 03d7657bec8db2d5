/** The read model of a gateway that sells: how far it is behind, and how long the availability of an event with 80,000 seats takes, quiet and meanwhile. */
import type { BenchNetwork } from './bench-network.js';
import { inTurn } from './in-parallel.js';
import { latencyFigures } from './raw.js';
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { perSecond } from './statistics.js';

const EVENT = 'OrganizerMSP:read-model';
const SEATS = 80_000;
const WARM_UP_TICKETS = 2_000;
const TICKETS = 10_000;
const CLIENTS = 600;
const READS = 100;
/** Between two looks at how far it is behind. */
const LOOK_MS = 20;
const MAX_ATTEMPTS = 20;

export async function measureReadModel(network: BenchNetwork): Promise<object> {
  const { channel } = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const places = await openDrop(network.clientOf('organizer'), EVENT, SEATS);
  const take = inTurn(signOrders(channel, EVENT, places.slice(0, WARM_UP_TICKETS + TICKETS)));
  await runDrop(shop, take(WARM_UP_TICKETS / SEATS_PER_ORDER), CLIENTS);
  const quiet = {
    counts: await availability(shop.publicUrl, 'counts'),
    places: await availability(shop.publicUrl, 'places'),
  };
  const looks = new Looks(shop.publicUrl);
  const selling = runDrop(shop, take(TICKETS / SEATS_PER_ORDER), CLIENTS);
  const meanwhile = availability(shop.publicUrl, 'counts');
  const [result, busy] = [await selling, await meanwhile];
  const lagMs = await looks.stop();
  return {
    seats: SEATS,
    ticketsPerSecond: Number(perSecond(result).toFixed(1)),
    lagMs: { ...latencyFigures(lagMs), looks: lagMs.length },
    availabilityMs: {
      quiet: { counts: latencyFigures(quiet.counts), places: latencyFigures(quiet.places) },
      selling: latencyFigures(busy),
    },
    free: await freeOf(shop.publicUrl),
    sold: WARM_UP_TICKETS + TICKETS,
  };
}

async function availability(url: string, detail: 'counts' | 'places'): Promise<readonly number[]> {
  const latenciesMs: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const started = performance.now();
    await get(`${url}/v1/events/${EVENT}/availability?detail=${detail}`);
    latenciesMs.push(performance.now() - started);
  }
  return latenciesMs;
}

async function freeOf(url: string): Promise<number> {
  const { ledger } = await get<{ ledger: number }>(`${url}/v1/search/status`);
  return (await get<{ free: number }>(`${url}/v1/events/${EVENT}/availability?min-block=${ledger - 1}`)).free;
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Asks again and again which block the gateway has heard of last, and how long it takes until an answer has it: the request itself counts too. */
class Looks {
  readonly #url: string;
  readonly #lagMs: number[] = [];
  readonly #looking: Promise<void>;
  #stopped = false;

  constructor(url: string) {
    this.#url = url;
    this.#looking = this.#look();
    // Whoever stops it hears of a failure.
    this.#looking.catch(() => undefined);
  }

  async stop(): Promise<readonly number[]> {
    this.#stopped = true;
    await this.#looking;
    return this.#lagMs;
  }

  async #look(): Promise<void> {
    while (!this.#stopped) {
      const { ledger } = await get<{ ledger: number }>(`${this.#url}/v1/search/status`);
      const started = performance.now();
      await this.#reached(ledger - 1);
      this.#lagMs.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Who waits for longer than the gateway does asks again. */
  async #reached(block: number): Promise<void> {
    const url = `${this.#url}/v1/events/${EVENT}/search/markets?min-block=${block}`;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const { status } = await fetch(url);
      if (status === 200) return;
      if (status !== 503) throw new Error(`${url} was answered ${status}`);
    }
    throw new Error(`block ${block} is not in the read model after ${MAX_ATTEMPTS} attempts`);
  }
}
