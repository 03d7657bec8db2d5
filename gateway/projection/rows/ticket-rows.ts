/** Rows of tickets and of what follows from them, of listings and of holders. */
import { z } from 'zod';
import { slugId } from '../../../chaincode/domain/ids.js';
import { TICKET_STATES } from '../../../chaincode/domain/records.js';
import type { Row } from './layout.js';

const pseudonym = z.string().max(256);
const count = z.int().min(0);

const resaleSchema = z.looseObject({
  seller: pseudonym,
  reseller: z.string(),
  totalMinor: z.int(),
  surplusMinor: z.int(),
});
const ticketSchema = z.looseObject({
  allotment: slugId,
  state: z.enum(TICKET_STATES),
  issue: count,
  change: count,
  holder: pseudonym,
  resales: z.array(resaleSchema).optional(),
});
const listingSchema = z.looseObject({
  issue: count,
  allotment: slugId,
  seller: pseudonym,
  reseller: z.string(),
  askMinor: z.int(),
  totalMinor: z.int(),
  exp: z.int(),
  state: z.string(),
});
const holderSchema = z.looseObject({
  held: z.int(),
  boughtPrimary: z.int(),
  boughtResale: z.int().default(0),
  resold: z.int().default(0),
  balanceMinor: z.int().default(0),
});

/** @param text the record as JSON */
export function ticketRow(event: string, place: string, record: unknown, text: string): Row | undefined {
  const found = ticketSchema.safeParse(record).data;
  if (!found) return undefined;
  const { allotment, state, issue, change, holder } = found;
  return { event, place, allotment, state, issue, change, holder, record: text };
}

/** Of a ticket's row, for its present issue. */
export function resaleRows({ event, place, issue }: Row, record: unknown): readonly Row[] {
  const { resales = [] } = record as z.output<typeof ticketSchema>;
  return resales.map(({ seller, reseller, totalMinor: total_minor, surplusMinor: surplus_minor }, index) => {
    return { event, place, issue, number: index + 1, seller, reseller, total_minor, surplus_minor };
  });
}

export function listingRow(event: string, place: string, record: unknown): Row | undefined {
  const found = listingSchema.safeParse(record).data;
  if (!found) return undefined;
  const { issue, allotment, seller, reseller, askMinor: ask_minor, totalMinor: total_minor, exp, state } = found;
  return { event, place, issue, allotment, seller, reseller, ask_minor, total_minor, exp, state };
}

export function holderRow(event: string, holder: string, record: unknown): Row | undefined {
  const found = holderSchema.safeParse(record).data;
  if (!found) return undefined;
  const {
    held,
    boughtPrimary: bought_primary,
    boughtResale: bought_resale,
    resold,
    balanceMinor: balance_minor,
  } = found;
  return { event, holder, held, bought_primary, bought_resale, resold, balance_minor };
}
