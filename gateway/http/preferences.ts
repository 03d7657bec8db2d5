/** What a caller prefers (RFC 7240): not to wait for the ledger, or no longer than so. */

/** Longer than a command takes on a ledger that works; whoever wants more asks for its state. */
const MAX_WAIT_S = 60;
const RESPOND_ASYNC = 'respond-async';
const WAIT = /^wait *= *"?([0-9]{1,9})"?$/i;

/**
 * @param prefer the header, `''` where there is none
 * @returns how long to wait for the outcome before 202 is answered, or undefined where the caller waits for it anyhow
 */
export function asyncAfterMs(prefer: string): number | undefined {
  // Of a preference that is given twice the first counts.
  const preferences = prefer.split(',').map((each) => each.split(';', 1)[0]?.trim() ?? '');
  if (!preferences.some((each) => each.split('=', 1)[0]?.trim().toLowerCase() === RESPOND_ASYNC)) return undefined;
  const [waitS] = preferences.flatMap((each) => WAIT.exec(each)?.[1] ?? []);
  return Math.min(Number(waitS ?? 0), MAX_WAIT_S) * 1_000;
}
