/** After the resales, from world state alone: does every resold ticket belong to its buyer, and does the money of the whole event add up? */
import { ticketPlace } from '../../chaincode/domain/ids.js';
import { listingPrefix, ticketKey } from '../../chaincode/domain/keys.js';
import type { EntriesRecord, HolderRecord, ListingRecord, TicketRecord } from '../../chaincode/domain/records.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { withLedger, type ReadAll } from './ledger-check.js';
import type { Resale } from './resale-load.js';

export interface ResaleCheck {
  /** Tickets that were resold once, and are their buyer's. */
  readonly resold: number;
  /** Tickets that were acknowledged to a buyer and are not his, and offers that are not sold. */
  readonly misplaced: number;
  /** Commands whose entries do not sum to zero. */
  readonly unbalanced: number;
  /** What holders' balances differ by from the entries of their accounts. */
  readonly balancesOffMinor: number;
}

export async function checkResales(
  profile: FabricProfile,
  event: string,
  resales: readonly Resale[],
): Promise<ResaleCheck> {
  return withLedger(profile, async (readAll) => {
    const tickets = new Map((await readAll<TicketRecord>(`${event}/t/`)).map(({ key, record }) => [key, record]));
    const right = resales.filter((resale) =>
      isResold(tickets.get(ticketKey(event, ticketPlace(resale.ticket))), resale),
    );
    const offers = await readAll<ListingRecord>(listingPrefix(event));
    const unsold = offers.filter(({ record }) => record.state !== 'sold').length;
    return {
      resold: right.length,
      misplaced: resales.length - right.length + unsold + Math.abs(offers.length - resales.length),
      ...(await checkMoney(readAll, event)),
    };
  });
}

function isResold(ticket: TicketRecord | undefined, { seller, buyer }: Resale): boolean {
  const hops = ticket?.resales ?? [];
  return ticket?.state === 'sold' && ticket.holder === buyer && hops.length === 1 && hops[0]?.seller === seller;
}

export async function checkMoney(
  readAll: ReadAll,
  event: string,
): Promise<Pick<ResaleCheck, 'unbalanced' | 'balancesOffMinor'>> {
  const commands = (await readAll<EntriesRecord>(`${event}/m/`)).flatMap(({ record }) => record);
  const entries = commands.map(([, ...lines]) => lines);
  const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
  const unbalanced = entries.filter((lines) => sumOf(lines.map(([, amountMinor]) => amountMinor)) !== 0).length;
  const toHolders = entries.flat().filter(([account]) => account.startsWith('holder:'));
  const holders = await readAll<HolderRecord>(`${event}/h/`);
  const balances = sumOf(holders.map(({ record }) => record.balanceMinor ?? 0));
  return { unbalanced, balancesOffMinor: balances - sumOf(toHolders.map(([, amountMinor]) => amountMinor)) };
}
