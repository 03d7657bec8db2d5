/** Commands that race: each is sent until its gateway has a definite answer. */
import { codeOf } from './code-of.js';
import type { Party, RealNetwork } from './real-network.js';
import { send, settled, type RestReceipt } from './rest.js';
import type { Command } from './statements.js';

/** Answers that decide nothing. */
export const AGAIN: readonly string[] = ['LEDGER_CONFLICT', 'LEDGER_UNAVAILABLE', 'QUEUE_FULL', 'OVERLOADED'];

export interface Attempt {
  /** `accepted`, or why not. */
  readonly code: string;
  readonly receipt: RestReceipt | undefined;
}

/** What a gateway says may be tried again is tried again, as the same command. */
export async function attempt(gateway: Party, command: Command): Promise<Attempt> {
  for (;;) {
    let receipt: RestReceipt | undefined;
    const code = await codeOf(send(gateway, command).then(({ body }) => (receipt = body)));
    if (!AGAIN.includes(code)) return { code, receipt };
  }
}

/** Until every gateway's own peer has read the last of them. */
export async function readEverywhere(
  { organizer, reseller, venue }: RealNetwork,
  attempts: readonly Attempt[],
): Promise<void> {
  await settled([organizer, reseller, venue], Math.max(...attempts.map(({ receipt }) => receipt?.block ?? 0)));
}

export const accepted = <A extends Attempt>(attempts: readonly A[]): readonly A[] =>
  attempts.filter(({ code }) => code === 'accepted');
