/** Times as texts (RFC 3339 UTC to the second, which sort by time) and as seconds since 1970. Conversions only: no clock is read here. */
/* eslint no-restricted-globals: "off" -- Date only converts what it is given: every endorser gets the same. */

export function timestampOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** @param timestamp like 2027-05-01T18:00:00Z */
export function secondsOf(timestamp: string): number {
  return Date.parse(timestamp) / 1000;
}

export function addSeconds(timestamp: string, seconds: number): string {
  return timestampOf(secondsOf(timestamp) + seconds);
}
