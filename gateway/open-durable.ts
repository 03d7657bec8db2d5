/** What a gateway keeps in its store, and what lives of it: who may call, carts, lanes that gateways share, payments, and who is told of events. */
import { sql } from 'kysely';
import { KeptAnswers } from './answers/kept-answers.js';
import { createAuth } from './auth/create-auth.js';
import type { StartConfig } from './config.js';
import { systemClock, type Report } from './fabric/clock.js';
import { answering } from './holds/answering-book.js';
import { StoredHolds } from './holds/stored-holds.js';
import { openLanes } from './lanes/open-lanes.js';
import type { LedgerSide } from './open-ledger.js';
import { providerOf } from './payments/payments.js';
import { eventBlocks } from './push/event-blocks.js';
import { openPush } from './push/push.js';
import { loadEncryptionKey } from './signer/encryption-key.js';
import { openStore } from './store/open-store.js';

export interface DurableOptions {
  readonly ledger: Pick<LedgerSide, 'fabric' | 'ports'>;
  readonly report: Report;
  /** Hears that the store is gone for as long as this process lives. */
  readonly onDeath: () => void;
}

export async function openDurable(config: StartConfig, { ledger, report, onDeath }: DurableOptions) {
  const { profile, token } = config;
  const store = await openStore(config.store, report, onDeath);
  const common = { store, clock: systemClock, report };
  const { records } = ledger.ports;
  const auth = createAuth({ ...config.auth, ...common, mspId: profile.mspId, token, records });
  await auth.start();
  const push = await openPush({
    blocks: eventBlocks(ledger.fabric.ownBlocks, profile.chaincode),
    ...{ store, keyFile: profile.storeKeyFile, networks: config.webhookTargets, report },
  });
  const key = await loadEncryptionKey(profile.storeKeyFile, false);
  const keptAnswers = new KeptAnswers({ store, key, nowMs: () => systemClock.now(), report });
  const holdBook = answering(new StoredHolds(store, 'url' in config.store));
  const lanes = openLanes(store, { ...common, isShared: holdBook.isShared, url: config.peerUrl });
  const provider = providerOf(config.payments, common);
  return {
    auth,
    push,
    keptAnswers,
    holding: { holdBook, maxHeldSeats: config.maxHeldSeats, ...(lanes && { lanes }) },
    payments: provider && { ...common, provider },
    storeAnswers: () => sql`select 1`.execute(store),
    /** One after the other. */
    closing: [() => auth.close(), () => lanes?.owners.close(), () => store.destroy()],
  };
}
