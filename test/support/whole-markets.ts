/** Whole markets, one of each supply and clearing, with winners, losers and void orders of every kind; seeded names make other draws. */
import type { Order, SealedMarket } from './sealed-market.js';
import { aBid, drawing, persons, sealedMarket } from './sealed-market.js';
import { drive, steps, submitStep } from './market-steps.js';
import { aReturn } from './statements.js';
import { depositPrefix } from '../../chaincode/domain/market/keys.js';

const GENEROUS = { terms: { depositSteps: [1000, 3000, 20_000], quotas: { ResellerMSP: 20, VenueMSP: 3 } } };
const names = (seed: string, ...all: readonly string[]) => all.map((name) => `${name} ${seed}`);

function aResale(seed: string, clearing: 'lottery' | 'uniform-price'): SealedMarket {
  const market = sealedMarket({ ...GENEROUS, policy: { clearing, organizerRoyaltyBps: 333, venueBps: 222 } });
  const [ann, ben, cem, dea, eve, fay] = persons(market, ...names(seed, 'Ann', 'Ben', 'Cem', 'Dea', 'Eve', 'Fay'));
  const [first, second, third] = [1, 2, 3].map((seat) => market.ticket(ann!, `floor:A:${seat}`));
  const own = market.ticket(ben!, 'floor:A:4');
  market.ask(ann!, first!, { askMinor: 1500 });
  market.ask(ann!, second!, { askMinor: 1800, reseller: 'OtherResellerMSP' });
  market.ask(ann!, third!, { askMinor: 9000 });
  market.ask(ben!, own, { askMinor: 1999 });
  market.bid(
    cem!,
    { quantity: 2, limitMinor: 2500, guests: [fay!.credential] },
    {
      amountMinor: 20_000,
      guests: [market.consent(fay!, cem!)],
    },
  );
  market.bid(dea!, { limitMinor: 2200 }, { mspId: 'ResellerMSP' });
  market.bid(ben!, { limitMinor: 2600 });
  market.bid(eve!, { quantity: 3, limitMinor: 2100, allOrNothing: true }, { amountMinor: 20_000 });
  spoil(market, seed);
  return market;
}

/** Orders that are replaced, cancelled, repeated, in conflict, of the wrong key or of no form, or without a deposit. */
function spoil(market: SealedMarket, seed: string): void {
  const [gil, hal, ivy] = persons(market, ...names(seed, 'Gil', 'Hal', 'Ivy'));
  const priceClass = market.stage ? 'ballot' : 'standard';
  const bid = (limitMinor: number): Order => aBid({ limitMinor, priceClass });
  market.take(market.deposit(gil!));
  market.take(market.order(gil!, bid(1000)));
  market.take(market.order(gil!, bid(1100), { sequence: 1 }));
  market.take(market.order(gil!, bid(1200), { sequence: 1 }));
  market.take(market.order(hal!, bid(2000)));
  market.take(market.deposit(ivy!));
  market.take(market.order(ivy!, bid(2900)));
  market.take(market.order(ivy!, { cancel: { bid: 'first' } }, { sequence: 1 }));
  market.take(market.order(ivy!, bid(2900), { key: 'another key' }));
  const size = market.terms.supply === 'ballot' ? 4096 : 1600;
  market.take(market.order(ivy!, {}, { plaintext: new Uint8Array(size), mspId: 'VenueMSP' }), { caller: 'VenueMSP' });
}

function aDrawing(seed: string, supply: 'ballot' | 'returns'): SealedMarket {
  const sold = supply === 'returns' ? ['stage:A:2', 'stage:A:3', 'stage:A:7'] : ['stage:A:4'];
  const market = drawing(supply, { sold });
  const { ledger, enrol } = market.scene;
  const owner = enrol('Owner');
  for (const seat of supply === 'returns' ? sold.slice(0, 2) : [])
    ledger.accept(aReturn({ event: market.event, ticket: `${market.event}:${seat}`, holder: owner }, market.stage!));
  const [ann, ben, cem, dea, eve] = persons(market, ...names(seed, 'Ann', 'Ben', 'Cem', 'Dea', 'Eve'));
  const priceClass = 'ballot';
  market.bid(ann!, { priceClass, quantity: 2 }, { amountMinor: 6000 });
  market.bid(
    ben!,
    { priceClass, quantity: 4, limitMinor: 2500, guests: [eve!.credential] },
    {
      amountMinor: 12_000,
      guests: [market.consent(eve!, ben!)],
    },
  );
  market.bid(cem!, { priceClass, quantity: 2, allOrNothing: true }, { amountMinor: 6000 });
  market.bid(dea!, { priceClass, limitMinor: 2199 });
  spoil(market, seed);
  return market;
}

export const KINDS = ['lottery', 'uniform-price', 'ballot', 'returns'] as const;
export type Kind = (typeof KINDS)[number];

/** With all its orders, open. */
export const anOpenMarket = (kind: Kind, seed = 'A'): SealedMarket =>
  kind === 'lottery' || kind === 'uniform-price' ? aResale(seed, kind) : aDrawing(seed, kind);

/** To its end, every deposit released. */
export function aWholeMarket(kind: Kind, seed = 'A'): SealedMarket {
  const market = drive(anOpenMarket(kind, seed), 'finished');
  releaseAll(market);
  return market;
}

export function releaseAll(market: SealedMarket): void {
  const prefix = depositPrefix(market.event, market.number);
  for (const [key, record] of market.scene.ledger.records()) {
    if (!key.startsWith(prefix) || (record as { heldMinor: number }).heldMinor === 0) continue;
    const outcome = submitStep(market, steps.release(market, key.slice(prefix.length)));
    if (!outcome.accepted) throw new Error(`${key} was not released: ${outcome.code}`);
  }
}
