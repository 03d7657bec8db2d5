/** Money of the tour as text. */

/** @param minor pence, negative for what is given */
export function pounds(minor: number): string {
  const pence = Math.abs(minor);
  return `${minor < 0 ? '-' : ''}£${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
}
