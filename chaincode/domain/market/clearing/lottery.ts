/** The lottery: bids by their draw; each takes the cheapest asks of its class that cost at most its limit, at what they ask. */
import { byAsk, byClass, byDraw, type Book, type CountedAsk, type Trade } from './book.js';
import { Matching } from './matching.js';
import { Offers } from './offers.js';

export function clearLottery({ bids, asks, people, totalOf }: Book): readonly Trade[] {
  const offerOf = (ask: CountedAsk) => {
    const { priceClass, askMinor: priceMinor } = ask;
    return { ask, priceMinor, totalMinor: totalOf(priceClass, priceMinor) };
  };
  const classes = new Map(
    [...byClass(asks)].map(([priceClass, own]) => {
      const offers = own.toSorted(byAsk).map(offerOf);
      return [
        priceClass,
        new Offers(offers.filter(({ ask, totalMinor }) => ask.capMinor === null || totalMinor <= ask.capMinor)),
      ];
    }),
  );
  const matching = new Matching(bids, people);
  return bids.toSorted(byDraw).flatMap((bid) => {
    const offers = classes.get(bid.priceClass);
    return offers ? matching.match(bid, offers) : [];
  });
}
