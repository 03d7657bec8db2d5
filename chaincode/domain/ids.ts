/** Ids: their alphabets, and the two that are composed of others, places and tickets. */
import { z } from 'zod';

const SLUG = '[a-z0-9][a-z0-9-]{0,47}';
const MSP = '[A-Za-z0-9][A-Za-z0-9-]{0,63}';
const LABEL = '[A-Za-z0-9][A-Za-z0-9-]{0,15}';
const NUMBER = '[1-9][0-9]{0,4}';
const EVENT = `${MSP}:${SLUG}`;
const PLACE = `${LABEL}:(?:${LABEL}:)?${NUMBER}`;

const matching = (pattern: string, what: string) =>
  z
    .string()
    .max(256)
    .regex(new RegExp(`^${pattern}$`), { error: `is not ${what}` });

export const slugId = matching(SLUG, 'a slug of lower-case letters, digits and hyphens');
export const mspId = matching(MSP, 'an MSP id');
export const label = matching(LABEL, 'a section, pool or row of 1 to 16 letters, digits and hyphens');
export const eventId = matching(EVENT, 'an event id "MSP:slug"');
export const placeId = matching(PLACE, 'a place "section:row:seat" or "pool:number"');
export const ticketId = matching(`${EVENT}:${PLACE}`, 'a ticket id "event:place"');
export const marketId = matching(`${EVENT}:m${NUMBER}`, 'a market id "event:m1"');
export const commandId = matching(
  '[A-Za-z0-9][A-Za-z0-9_.-]{7,63}',
  'an id of 8 to 64 letters, digits, "_", "." and "-"',
);
export const thumbprint = matching('[A-Za-z0-9_-]{43}', 'a SHA-256 thumbprint in base64url');

/** Seats and pool places are numbered 1 to this. */
export const MAX_PLACE_NUMBER = 99_999;

/** An event's markets are numbered like places. */
export const marketNumber = z.int().min(1).max(MAX_PLACE_NUMBER);

/** A seat in a row, or a numbered place in a general-admission pool (then there is no row). */
export interface Place {
  readonly section: string;
  readonly row: string | undefined;
  readonly number: number;
}

/** Whether a valid place id is of this section, told without taking it apart: each allotment of an event is asked that of each place. */
export const isInSection = (placeId: string, section: string): boolean =>
  placeId.startsWith(section) && placeId[section.length] === ':';

/** Reads a valid place id. */
export function parsePlace(id: string): Place {
  const parts = id.split(':');
  const [section = '', row] = parts;
  return { section, row: parts.length === 3 ? row : undefined, number: Number(parts[parts.length - 1]) };
}

/** Splits a valid ticket id into its event and its place within it. */
export function parseTicketId(id: string): { event: string; place: string } {
  const [msp = '', slug = '', ...place] = id.split(':');
  return { event: `${msp}:${slug}`, place: place.join(':') };
}

/** The place of a valid ticket id. */
export const ticketPlace = (id: string): string => parseTicketId(id).place;

export function ticketIdOf(event: string, place: string): string {
  return `${event}:${place}`;
}

/** An event's markets are numbered 1, 2, … No place has such an id, so no ticket and no market share one. */
export const marketIdOf = (event: string, market: number): string => `${event}:m${market}`;

/** Splits a valid market id into its event and its number there. */
export function parseMarketId(id: string): { event: string; market: number } {
  const at = id.lastIndexOf(':m');
  return { event: id.slice(0, at), market: Number(id.slice(at + 2)) };
}

/** The organization that an event id names: its organizer. */
export function organizerOf(event: string): string {
  return event.slice(0, event.indexOf(':'));
}
