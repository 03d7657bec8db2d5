/** After a hot event, from world state and blocks: does each seat belong to the one buyer who was told so, and did he and the seller sign for it? */
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { bookedIn, byKey, holdersOf, withLedger } from './ledger-check.js';
import type { RestAnswer } from './rest-answer.js';
import { compareSales, requireNone, requireSold, type SaleCheck } from './sale-check.js';
import { signedSales } from './signature-check.js';

export const GONE = 'SEAT_ALREADY_SOLD';
/** What a forged request is refused with: for its signature, or first because its seats are gone. */
const REFUSED_FORGERIES: Readonly<Record<string, number>> = { SIGNATURE_INVALID: 403, [GONE]: 409 };

type Told = Pick<RestAnswer, 'status' | 'code' | 'tx'>;

/** What became of the innocent, the forgers and those who send twice. */
export interface Conduct {
  /** What innocents were told, other than that the seats are gone. */
  readonly failures: readonly string[];
  /** Other answers to a forgery than the refusals it deserves. */
  readonly forgeriesMisjudged: readonly string[];
  /** Requests of which one sending was told another thing than the other. */
  readonly duplicatesDiffering: number;
}

export const isSold = ({ status }: Told): boolean => status === 200 || status === 201;
export const isGone = ({ status, code }: Told): boolean => status === 409 && code === GONE;
export const isRightlyRefused = ({ status, code }: Told): boolean => REFUSED_FORGERIES[code] === status;
/** The same sale, or none for either. */
export const isAgreed = (one: Told, other: Told): boolean =>
  (isSold(one) && isSold(other) && one.tx === other.tx) || (isGone(one) && isGone(other));

/** @throws {Error} naming what was done wrong to whom */
export function requireFair(event: string, { failures, forgeriesMisjudged, duplicatesDiffering }: Conduct): void {
  requireNone(`the sale of ${event}`, {
    innocentFailures: [...new Set(failures)],
    forgeriesMisjudged: [...new Set(forgeriesMisjudged)],
    duplicatesDiffering,
  });
}

/**
 * @param places all that were wanted; of others nothing is said but that somebody signed for them, since the saboteur passes his on
 * @param sold who was told that he had each place, as often as somebody was
 * @throws {Error} unless each is sold, to one who asked for it
 */
export async function checkSales(
  profile: FabricProfile,
  event: string,
  places: readonly string[],
  sold: readonly (readonly [place: string, buyer: string])[],
): Promise<SaleCheck> {
  return withLedger(profile, async (readAll, connection) => {
    const all = await holdersOf(readAll, event);
    const wanted = new Set(places.map((place) => ticketKey(event, place)));
    const told = sold.map(([place, buyer]) => [ticketKey(event, place), buyer] as const);
    const signed = byKey(await signedSales(connection, await bookedIn(readAll, event)));
    const others = [...all.keys()].filter((key) => !wanted.has(key));
    requireNone(`other tickets of ${event}`, { unsigned: others.filter((key) => !signed.has(key)) });
    const holders = new Map([...all].filter(([key]) => wanted.has(key)));
    return requireSold(event, places.length, compareSales({ holders, told, signed }));
  });
}
