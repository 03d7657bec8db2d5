/** Raw writes in the same run as a load and in turns with it: both meet the machine, its neighbours and the network as they are then. */
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { RAW_CLIENTS, RAW_TRANSACTIONS } from './raw.js';
import { RawLoad } from './raw-load.js';
import { perSecond, spreadOf, type Spread } from './statistics.js';

const RAW_WARM_UP = 400;

export interface Turn {
  readonly ticketsPerSecond: number;
  readonly rawPerSecond: number;
}

export interface TurnFigures {
  readonly ticketsPerSecond: Spread;
  readonly rawTxPerSecond: Spread;
  /** Tickets to raw writes, turn by turn. */
  readonly ratio: Spread;
}

/** @param measure is given what measures one turn of raw writes, warmed up: in transactions a second */
export async function withRaw<R>(
  profile: FabricProfile,
  measure: (rawPerSecond: () => Promise<number>) => Promise<R>,
): Promise<R> {
  const load = new RawLoad(profile);
  try {
    await load.run(RAW_WARM_UP, RAW_CLIENTS);
    return await measure(async () => perSecond(await load.run(RAW_TRANSACTIONS, RAW_CLIENTS)));
  } finally {
    await load.close();
  }
}

export function turnFigures(turns: readonly Turn[]): TurnFigures {
  return {
    ticketsPerSecond: spreadOf(turns.map(({ ticketsPerSecond }) => ticketsPerSecond)),
    rawTxPerSecond: spreadOf(turns.map(({ rawPerSecond }) => rawPerSecond)),
    ratio: spreadOf(
      turns.map(({ ticketsPerSecond, rawPerSecond }) => ticketsPerSecond / rawPerSecond),
      2,
    ),
  };
}

/** A line for each turn. */
export const textOf = ({ ticketsPerSecond, rawPerSecond }: Turn): string =>
  `${ticketsPerSecond.toFixed(0)} tickets/s, raw ${rawPerSecond.toFixed(0)} tx/s`;
