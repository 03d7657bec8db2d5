/**
 * Every policy parameter. Shares are in basis points (10,000 are the whole), spans in seconds; null is a limit that is not set.
 */
import { z } from 'zod';
import { mspId } from '../ids.js';
import {
  ALWAYS,
  coversList,
  coversWindow,
  down,
  flag,
  limitOf,
  never,
  rankIn,
  spanSeconds,
  superset,
  up,
  windowSchema,
  type Parameter,
} from './parameter.js';

export const JURISDICTIONS = ['UK', 'IE', 'FR', 'BE', 'IT', 'AU-VIC', 'AU-NSW'] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** What a listing may have to tell its buyers. */
export const DISCLOSURES = ['faceValue', 'place', 'restrictions', 'sellerKind', 'connection'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

const share = z.int().min(0).max(10_000);
const count = z.int().min(1).max(1_000);
const onOff = z.boolean();

const TRANSFER = ['forbidden', 'allowed'] as const;
const RESALE_OPENS = ['salesOpen', 'soldOut', 'salesClose'] as const;
const GATE_CHECK = ['code', 'sample', 'document'] as const;
const REFUND_FEES = ['none', 'all'] as const;
const resellers = z.union([z.literal('any'), z.array(mspId).max(64)]);
const market = z.enum(['direct', 'sealed', 'both']);

/** Which markets a value of `market` opens. */
const marketsOf = (value: z.infer<typeof market>): readonly string[] =>
  value === 'both' ? ['direct', 'sealed'] : [value];

export const PARAMETERS = {
  /** The law that the policy must keep to; null where the consortium follows none of those known. */
  jurisdiction: never({ schema: z.enum(JURISDICTIONS).nullable(), byDefault: null, scope: 'event' }),

  // What a resale may cost: everything that the buyer pays, against what the first buyer paid.
  capBasis: never({ schema: z.enum(['face', 'face+fees']), byDefault: 'face+fees' }),
  capBps: down({ schema: z.int().min(10_000).max(1_000_000).nullable(), byDefault: 10_000 }, limitOf),
  /** Both fees of the platform together, of the listing's price. */
  platformFeeCapBps: down({ schema: share.nullable(), byDefault: null }, limitOf),
  sellerFeeBps: down({ schema: share, byDefault: 1_000 }, limitOf),
  buyerFeeBps: down({ schema: share, byDefault: 1_000 }, limitOf),
  organizerRoyaltyBps: down({ schema: share, byDefault: 0 }, limitOf),
  venueBps: down({ schema: share, byDefault: 0 }, limitOf),
  /** Who bears royalty and venue share. */
  feePayer: never({ schema: z.enum(['seller', 'buyer']), byDefault: 'seller' }),

  // Who.
  authorisedResellers: superset(
    { schema: resellers, byDefault: 'any' },
    (after, before) => after === 'any' || (before !== 'any' && coversList(after, before)),
  ),
  credentialRequired: never({ schema: onOff, byDefault: false, scope: 'event' }),
  perPersonLimit: up(
    { schema: z.strictObject({ primary: count, resale: count }), byDefault: { primary: 8, resale: 8 }, scope: 'event' },
    ({ primary, resale }) => [primary, resale],
  ),
  complimentaryNotResellable: down({ schema: onOff, byDefault: true }, flag),
  minHoldingPeriodSeconds: down({ schema: spanSeconds, byDefault: 0 }, limitOf),
  /** How often a ticket may change hands. */
  maxHops: up({ schema: z.int().min(0).max(32).nullable(), byDefault: null, scope: 'event' }, limitOf),
  /** Resales of one holder at this event from which they count as a trade. Other events can't be seen. */
  habitualThreshold: up({ schema: count.nullable(), byDefault: null, scope: 'event' }, limitOf),

  // When: within the event's schedule.
  salesWindow: superset({ schema: windowSchema, byDefault: ALWAYS, scope: 'event' }, coversWindow),
  resaleWindow: superset({ schema: windowSchema, byDefault: ALWAYS, scope: 'event' }, coversWindow),
  /** `soldOut`: or sales have closed, whichever is first; an event may never sell out. */
  resaleOpensAfter: down(
    { schema: z.enum(RESALE_OPENS), byDefault: 'salesOpen', scope: 'event' },
    rankIn<(typeof RESALE_OPENS)[number]>(RESALE_OPENS),
  ),
  transferWindow: superset({ schema: windowSchema, byDefault: ALWAYS, scope: 'event' }, coversWindow),
  /** Returns with refund are taken until so long before the start; null: none are. */
  returnDeadlineSeconds: down({ schema: spanSeconds.nullable(), byDefault: null, scope: 'event' }, limitOf),

  // How.
  transfer: up(
    { schema: z.enum(TRANSFER), byDefault: 'allowed', scope: 'event' },
    rankIn<(typeof TRANSFER)[number]>(TRANSFER),
  ),
  market: superset<z.infer<typeof market>>({ schema: market, byDefault: 'direct' }, (after, before) =>
    coversList<string>(marketsOf(after), marketsOf(before)),
  ),
  clearing: never({ schema: z.enum(['lottery', 'uniform-price']), byDefault: 'lottery', scope: 'event' }),
  mustAllowTransfer: up({ schema: onOff, byDefault: false, scope: 'event' }, flag),
  gateCheck: down(
    { schema: z.enum(GATE_CHECK), byDefault: 'code', scope: 'event' },
    rankIn<(typeof GATE_CHECK)[number]>(GATE_CHECK),
  ),
  mandatoryDisclosure: superset(
    { schema: z.array(z.enum(DISCLOSURES)).max(DISCLOSURES.length), byDefault: [] },
    (after, before) => coversList<string>(after, before),
  ),

  // Refund.
  refundFees: up({ schema: z.enum(REFUND_FEES), byDefault: 'all' }, rankIn<(typeof REFUND_FEES)[number]>(REFUND_FEES)),
  /** How long after a postponement its tickets may be given back. */
  postponeClaimWindowSeconds: up({ schema: spanSeconds, byDefault: 14 * 86_400, scope: 'event' }, limitOf),
} as const;

export type ParameterName = keyof typeof PARAMETERS;
type ValueOf<P> = P extends Parameter<infer T> ? T : never;
/** A policy with every parameter decided. */
export type Policy = { readonly [N in ParameterName]: ValueOf<(typeof PARAMETERS)[N]> };
/** What one level of the inheritance says. */
export type PolicyPart = Partial<Policy>;

export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

/** The parameter, whatever its type: for code that treats all alike. */
export const parameter = (name: ParameterName): Parameter => PARAMETERS[name];
