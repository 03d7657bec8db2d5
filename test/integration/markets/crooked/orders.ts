/** Sealed orders that are none, or not what they seem: each with what must become of it. */
import type { RefusalCode } from '../../../../chaincode/domain/refusal.js';
import type { VoidCode } from '../../../../chaincode/domain/market/resolve.js';
import { composeOrder, ORDER_BYTES } from '../../../../chaincode/domain/market/order-text.js';
import { marketKeyOf } from '../../../../chaincode/domain/market/open-order.js';
import { pointNamed } from '../../../support/curve.js';
import type { LiveMarket } from '../../../support/live-market.js';
import { aBid, anAsk } from '../../../support/sealed-market.js';
import { newId, type Command } from '../../../support/statements.js';
import type { CrookedScene } from './scene.js';

export interface CrookedOrder {
  readonly what: string;
  readonly code: VoidCode;
  readonly command: Command;
}

type Named = readonly [what: string, code: VoidCode, command: Command];

/** A void code that a deed of the ledger's could be refused with too. */
export const SHOWN_BY_ORDERS: readonly RefusalCode[] = [
  'ORDER_NOT_OPENED',
  'MARKET_KEY_MISMATCH',
  'MARKET_MISMATCH',
  'ORDER_MALFORMED',
  'DEPOSIT_MISSING',
  'DEPOSIT_MISMATCH',
  'CLASS_NOT_TRADED',
  'GUEST_NOT_CONSENTING',
];

export function crookedOrders(market: LiveMarket, scene: CrookedScene): readonly CrookedOrder[] {
  const all = [...seals(market, scene), ...texts(market, scene), ...bids(market, scene), ...asks(market, scene)];
  return all.map(([what, code, command]) => ({ what, code, command }));
}

/** Of what an honest order is in: taken in at RESELLER's, it may be copied from the ledger. @returns under another id */
export const copyOf = (order: Command): Command => ({ ...order, id: newId() });

function seals(market: LiveMarket, { people: { Eve } }: CrookedScene): readonly Named[] {
  const foreign = pointNamed("a gateway's own key");
  const marketKey = marketKeyOf(foreign);
  const named = (name: string) => aBid({ name });
  return [
    ['sealed to a key that is not the market’s', 'ORDER_NOT_OPENED', market.order(Eve, named('k1'), { key: foreign })],
    [
      'made for a key of a gateway that opened it and sealed it again',
      'MARKET_KEY_MISMATCH',
      market.order(Eve, named('k2'), { overrides: { marketKey } }),
    ],
    ['for another market', 'MARKET_MISMATCH', market.order(Eve, named('k3'), { overrides: { market: 2 } })],
    [
      'for another event',
      'WRONG_EVENT',
      market.order(Eve, named('k4'), { overrides: { event: 'OrganizerMSP:other' } }),
    ],
    ['that ends before the close', 'STATEMENT_EXPIRED', market.order(Eve, named('k5'), { overrides: { exp: 1 } })],
    ['sealed by nobody', 'ORDER_NOT_OPENED', noise(market)],
  ];
}

/** As long as an order, and no point of the curve. */
function noise(market: LiveMarket): Command {
  const order = market.sealed(new Uint8Array(ORDER_BYTES.resale));
  const bytes = Buffer.from(String(order.sealed), 'base64url');
  return { ...order, sealed: bytes.fill(7).toString('base64url') };
}

function texts(market: LiveMarket, { people: { Ben, Eve } }: CrookedScene): readonly Named[] {
  const size = ORDER_BYTES.resale;
  const padded = (text: string) => Buffer.concat([Buffer.from(text), Buffer.of(0x80)], size);
  const short = composeOrder(market.said(Eve, aBid({ name: 't1' })), [], 'resale').subarray(0, size - 1);
  const forged = market.said({ ...Eve, credential: Ben.credential }, aBid({ name: 't2' }));
  return [
    ['with nothing in it', 'ORDER_MALFORMED', market.sealed(new Uint8Array(size))],
    ['with padding alone', 'ORDER_MALFORMED', market.sealed(padded(''))],
    ['without an end', 'ORDER_MALFORMED', market.sealed(Buffer.alloc(size, 'a'))],
    ['that is no statement', 'MALFORMED_STATEMENT', market.sealed(padded('not a statement'))],
    ['with more consents than guests may be', 'ORDER_MALFORMED', market.sealed(padded('a~b~c~d~e'))],
    ['in the name of somebody else', 'KEY_NOT_VALID', market.sealed(composeOrder(forged, [], 'resale'))],
    ['cut short and filled up', 'ORDER_MALFORMED', market.sealed(Buffer.concat([short, Buffer.of(1)]))],
  ];
}

/** Eve has deposited for two tickets, Dot nothing. */
function bids(market: LiveMarket, { people: { Dot, Eve, Gus } }: CrookedScene): readonly Named[] {
  const { credential } = Gus;
  const guested = (name: string) => aBid({ name, quantity: 2, guests: [credential] });
  const twice = (limitMinor: number) => market.order(Eve, aBid({ name: 'b7', limitMinor }));
  return [
    ['of who has deposited nothing', 'DEPOSIT_MISSING', market.order(Dot, aBid())],
    ['above its deposit', 'DEPOSIT_MISSING', market.order(Eve, aBid({ name: 'b1', quantity: 3 }))],
    ['at another reseller', 'DEPOSIT_MISMATCH', market.order(Eve, aBid({ name: 'b2', reseller: 'OrganizerMSP' }))],
    [
      'for a class that is not traded',
      'CLASS_NOT_TRADED',
      market.order(Eve, aBid({ name: 'b3', priceClass: 'other' })),
    ],
    ['for a guest who says nothing', 'GUEST_NOT_CONSENTING', market.order(Eve, guested('b4'))],
    [
      'for a guest who agreed to another bid',
      'GUEST_NOT_CONSENTING',
      market.order(Eve, guested('b5'), { guests: [market.consent(Gus, Eve, 'b4')] }),
    ],
    [
      'for a guest whose consent is forged',
      'GUEST_NOT_CONSENTING',
      market.order(Eve, guested('b6'), { guests: [market.consent({ ...Eve, credential }, Eve, 'b6')] }),
    ],
    ['of a sequence that says something else too', 'ORDER_CONFLICT', twice(2_400)],
    ['of a sequence that says something else too, the other one', 'ORDER_CONFLICT', twice(2_500)],
  ];
}

function asks(market: LiveMarket, { people: { Ann, Eve }, tickets }: CrookedScene): readonly Named[] {
  const [, second, third, used, given, others, dear] = tickets;
  const asked = (askMinor: number) => market.order(Ann, anAsk(second!, { askMinor }));
  return [
    ['one of two for one ticket', 'ORDER_CONFLICT', asked(1_900)],
    ['the other of two for one ticket', 'ORDER_CONFLICT', asked(2_000)],
    ['for a ticket that is asked for anew', 'ORDER_REPLACED', market.order(Ann, anAsk(third!, { askMinor: 1_000 }))],
    ['for a ticket that was used before the close', 'TICKET_NOT_VALID', market.order(Ann, anAsk(used!))],
    ['for a ticket that was given away before the close', 'NOT_THE_HOLDER', market.order(Ann, anAsk(given!))],
    ["for somebody else's ticket", 'NOT_THE_HOLDER', market.order(Eve, anAsk(others!))],
    ['above the cap', 'PRICE_ABOVE_CAP', market.order(Ann, anAsk(dear!, { askMinor: 9_000 }))],
  ];
}
