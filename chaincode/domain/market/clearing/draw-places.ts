/**
 * Ballot and waiting list: bids by their draw, at the price that the places have. A bid for n gets the first n neighbours of one row that are free, else the
 * first n places; all within its class and limit.
 */
import { parsePlace } from '../../ids.js';
import { groupBy } from '../group-by.js';
import { byClass, byDraw, type CountedBid, type Person } from './book.js';
import { comparePlaces } from './place-order.js';
import { Standing } from './standing.js';
import { Tier, type FreePlace, type Located } from './tier.js';

export interface PlaceBook {
  readonly bids: readonly CountedBid[];
  readonly places: readonly FreePlace[];
  readonly people: ReadonlyMap<string, Person>;
}

/** Who gets which place, and for how much. */
export interface Draw {
  readonly bid: string;
  /** Whose deposit pays. */
  readonly bidder: string;
  /** Whose the ticket is: the bidder, or a guest. */
  readonly buyer: string;
  readonly place: string;
  readonly totalMinor: number;
}

export function drawPlaces({ bids, places, people }: PlaceBook): readonly Draw[] {
  const standing = new Standing(people);
  const classes = tiersOf(places);
  return bids.toSorted(byDraw).flatMap((bid) => {
    const tiers = (classes.get(bid.priceClass) ?? []).filter(({ totalMinor }) => totalMinor <= bid.limitMinor);
    const recipients = standing.recipients(bid);
    const taken = takePlaces(tiers, recipients.length, bid.allOrNothing);
    const draws = taken.flatMap(({ place, totalMinor }, at) => {
      const buyer = recipients[at];
      return buyer === undefined ? [] : [{ bid: bid.id, bidder: bid.bidder, buyer, place, totalMinor }];
    });
    standing.win(
      bid,
      draws.map(({ buyer }) => buyer),
    );
    return draws;
  });
}

/** Each class by its prices: places of one price are neighbours, whichever allotments they are of. */
function tiersOf(places: readonly FreePlace[]): ReadonlyMap<string, readonly Tier[]> {
  const located = places
    .map((free): Located => ({ ...free, at: parsePlace(free.place) }))
    .sort((a, b) => comparePlaces(a.at, b.at));
  return new Map(
    [...byClass(located)].map(([priceClass, own]) => {
      const prices = groupBy(own, ({ totalMinor }) => totalMinor);
      return [priceClass, [...prices.values()].map((tier) => new Tier(tier))];
    }),
  );
}

function takePlaces(tiers: readonly Tier[], count: number, allOrNothing: boolean): readonly Located[] {
  if (count === 0) return [];
  const together = firstTier(tiers, count);
  if (together) return together.take(count);
  if (allOrNothing && tiers.reduce((sum, { free }) => sum + free, 0) < count) return [];
  const taken: Located[] = [];
  for (let tier = firstTier(tiers, 1); tier && taken.length < count; tier = firstTier(tiers, 1))
    taken.push(...tier.take(1));
  return taken;
}

/** Where the first `length` free neighbours are. */
function firstTier(tiers: readonly Tier[], length: number): Tier | undefined {
  const found = tiers.flatMap((tier) => {
    const first = tier.firstOf(length);
    return first ? [{ tier, first }] : [];
  });
  return found.reduce<(typeof found)[number] | undefined>(
    (best, each) => (best && comparePlaces(best.first, each.first) <= 0 ? best : each),
    undefined,
  )?.tier;
}
