/** What every code of sealed markets is brought about by, for the test that each of the list is. */
import type { RefusalCode } from '../../../../chaincode/domain/refusal.js';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { drive, ordersOf, steps, submitStep } from '../../../support/market-steps.js';
import { aBid, SealedMarket, sealedMarket, type SealedOptions } from '../../../support/sealed-market.js';
import { aTransfer, DOORS, type Command } from '../../../support/statements.js';

type Code = RefusalCode | 'ACCEPTED';
const codeOf = (outcome: Outcome): Code => (outcome.accepted ? 'ACCEPTED' : outcome.code);

/** A market in a state, with Ann's ticket offered and Ben bidding for it; and what is answered then. */
function answered(
  state: Parameters<typeof drive>[1],
  act: (market: SealedMarket) => Command,
  options?: Parameters<typeof submitStep>[2],
): Code {
  const market = sealedMarket();
  const [ann, ben] = ['Ann', 'Ben'].map((name) => market.scene.enrol(name));
  market.ask(ann!, market.ticket(ann!, 'floor:A:1'));
  market.bid(ben!);
  drive(market, state);
  return codeOf(submitStep(market, act(market), options));
}

const TAKING = { caller: 'ResellerMSP', now: '2027-03-01T13:00:00Z' };
const open = (act: (market: SealedMarket) => Command) => answered('open', act, TAKING);

/** What the opening of another is answered meanwhile. */
function again(terms: SealedOptions['terms']): Code {
  const { scene } = sealedMarket();
  return codeOf(scene.ledger.submit(new SealedMarket(scene, { market: 2, ...terms }).opening));
}
/** What the opening is answered. */
function first(terms: NonNullable<SealedOptions['terms']>, policy: PolicyPart = {}): Code {
  try {
    sealedMarket({ policy, terms });
  } catch (error) {
    const refused = (error as Error).message.slice('the scene was refused: '.length);
    return (JSON.parse(refused) as { code: Code }).code;
  }
  return 'ACCEPTED';
}

/** With what code the last order that is taken in is void. */
function voided(act: (market: SealedMarket) => void, options?: SealedOptions): unknown {
  const market = sealedMarket(options);
  act(market);
  return ordersOf(drive(market, 'cleared')).at(-1)!.void;
}
const enrolled = (market: SealedMarket, name = 'Ben') => market.scene.enrol(name);

export const MARKET_CASES = {
  MARKET_SETTLING: () =>
    answered('closed', (market) => {
      const holder = enrolled(sealedMarket(), 'Ann');
      return aTransfer({ event: market.event, ticket: `${market.event}:floor:A:1`, holder }, holder);
    }),
  UNKNOWN_MARKET: () => open((market) => ({ ...steps.unseal(market), market: 2 })),
  MARKET_EXISTS: () => again({}),
  STALE_MARKET: () => first({ market: 2 }),
  INVALID_MARKET: () => first({ depositSteps: [2, 1] }),
  MARKET_NOT_SEALED: () => first({}, { market: 'direct' }),
  MARKET_MISMATCH: () => answered('closed', (market) => ({ ...steps.freeze(market, 0), quotas: { VenueMSP: 9 } })),
  MARKET_NOT_OPEN: () => answered('closed', (market) => market.order(enrolled(sealedMarket()), aBid()), TAKING),
  MARKET_NOT_CLOSED: () => open((market) => steps.root(market)),
  MARKET_NOT_FROZEN: () => answered('closed', (market) => market.share(1)),
  MARKET_NOT_REVEALED: () => answered('frozen', (market) => steps.clear(market)),
  MARKET_NOT_CLEARED: () => answered('revealed', (market) => steps.finish(market)),
  MARKET_NOT_OVER: () => open((market) => steps.release(market, 'A'.repeat(43))),
  ORDER_QUOTA: () => open((market) => market.order(enrolled(market, 'Cem'), aBid(), { slot: 300 })),
  ORDER_SLOT_TAKEN: () => open((market) => market.order(enrolled(market, 'Cem'), aBid(), { slot: 0 })),
  DEPOSIT_MISMATCH: () => open((market) => market.deposit(enrolled(market, 'Cem'), { amountMinor: 3001 })),
  GUARANTEE_EXCEEDED: () =>
    answered('open', (market) => market.deposit(enrolled(market, 'Cem'), { reseller: 'OrganizerMSP' }), {
      caller: 'OrganizerMSP',
      now: TAKING.now,
    }),
  PAGES_MISSING: () => answered('closed', (market) => steps.root(market)),
  SHARE_INVALID: () => answered('frozen', (market) => market.share(1, { share: `${'A'.repeat(42)}E` })),
  SHARES_TOO_FEW: () => answered('frozen', (market) => steps.unseal(market)),
  ROOT_MISMATCH: () => answered('frozen', (market) => market.share(1, { root: 'A'.repeat(43) })),
  HINTS_INCOMPLETE: () => answered('revealed', (market) => ({ ...steps.read(market, 0), holders: [] })),
  DOORS_OPEN: () => answered('cleared', (market) => steps.settle(market, 0), { now: DOORS }),
  MARKET_KEY_MISMATCH: () =>
    voided((market) => {
      const overrides = { marketKey: 'A'.repeat(43) };
      market.take(market.order(enrolled(market), aBid(), { overrides }));
    }),
  CLASS_NOT_TRADED: () =>
    voided((market) => market.bid(enrolled(market), { priceClass: 'other' }), {
      terms: { priceClasses: ['standard'] },
    }),
  DEPOSIT_MISSING: () => voided((market) => market.take(market.order(enrolled(market), aBid()))),
  GUEST_NOT_CONSENTING: () =>
    voided((market) => {
      const guests = [enrolled(market, 'Cem').credential!];
      market.bid(enrolled(market), { quantity: 2, guests }, { amountMinor: 6000 });
    }),
} as const;
