/** Wallets that come to the ledger at one moment: each makes everything ready, none hears of the others, and then all send at once. */
import type { LedgerClient } from '../../../../committee/wallet/index.js';
import { AGAIN } from '../../../support/attempts.js';
import { codeOf } from '../../../support/code-of.js';

export interface Start {
  /** Resolves when so many have something to send. */
  readonly allReady: Promise<void>;
  go(): void;
  /** Before the start nobody sees on the ledger who else there is. */
  readonly heldBack: (ledger: LedgerClient) => LedgerClient;
}

export function startTogether(count: number): Start {
  const [ready, started] = [signal(), signal()];
  let [waiting, gone] = [0, false];
  return {
    allReady: ready.given,
    go() {
      gone = true;
      started.give();
    },
    heldBack: (ledger) => ({
      key: (owner) => ledger.key(owner),
      boundKey: (event, subject) => (gone ? ledger.boundKey(event, subject) : Promise.resolve(undefined)),
      async submit(command) {
        waiting += 1;
        if (waiting === count) ready.give();
        await started.given;
        await submitUntilDecided(ledger, command);
      },
    }),
  };
}

/** What a gateway says may be tried again is tried again, as the same command. */
async function submitUntilDecided(ledger: LedgerClient, command: Parameters<LedgerClient['submit']>[0]): Promise<void> {
  let sent = ledger.submit(command);
  while (AGAIN.includes(await codeOf(sent))) sent = ledger.submit(command);
  await sent;
}

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
