/** While a sealed market settles: what is too late, what has to wait, and what never waits. */
import { timestampOf } from '../../clock.js';
import { GateDevice } from '../gate-device.js';
import type { MarketScene } from './market.js';
import { bidding, ticketOf } from './market-orders.js';

const HOUR_MS = 60 * 60 * 1000;

/** Everything is signed before, for it does not last. */
export async function tellSettling({ stage, crowd, hall, tickets }: MarketScene): Promise<void> {
  const { narrator, reseller, venue, channel, event } = stage;
  const device = new GateDevice({ device: 'east-gate', channel, event });
  const registration = { device: device.device, jwk: device.jwk, notAfter: timestampOf(Date.now() + HOUR_MS) };
  await narrator.happens('The east gate may scan this event', venue.client.registerDevice(event, registration));
  const anns = ticketOf(tickets, 'Ann');
  const code = await (await crowd.person('Ann').walletFor(event)).signPresentation(anns);
  const scan = device.scan('admit', anns, code);
  const bid = (await (await hall.wallet('Dot')).bid(bidding(reseller.mspId))).jws;
  await hall.until(({ state }) => state !== 'open');
  await narrator.refusesAtOnce([
    {
      ...{ text: 'The market is closed: Dot bids too late', code: 'MARKET_NOT_OPEN' },
      doing: () => hall.place('Dot', reseller, bid),
    },
    {
      ...{
        text: 'While it settles no ticket changes hands but by it: not to Dot at the box office',
        code: 'MARKET_SETTLING',
      },
      doing: () => crowd.buy('Dot', reseller, 'stalls:A:9'),
    },
    {
      ...{ text: 'nor from Ann to Dot', code: 'MARKET_SETTLING' },
      doing: () => crowd.transfer('Ann', 'Dot', anns),
    },
    {
      ...{ text: 'The door minds no market: Ann is only too early', code: 'DOORS_NOT_OPEN' },
      doing: () => venue.client.admit(scan.jws, code.jws),
    },
  ]);
}
