/** When handles expire: for all that are signed in a month at the same moment, or the second would tell a node which were signed together. */

const MONTHS = 12;

/** The first second of the month in a year's time, seconds since 1970. @param nowMs since 1970 */
export function expiryOfHandles(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + MONTHS) / 1000;
}
