/** Backup and restore of a wallet that is running. */
import { expectThat } from '../client/client-error.js';
import { afterRestoring } from './market/sequence.js';
import { readBackup, writeBackup, type BackupOptions } from './backup.js';
import type { StateStore } from './state-store.js';

export const backUp = (store: StateStore, options: BackupOptions): Promise<string> => writeBackup(store.state, options);

export interface RestoreOptions {
  /** Nothing was done with the wallet since the backup. Else its unused handles are dropped: one may have gone to an event that the backup knows nothing of. */
  readonly complete?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Puts the backup in place of what is there. @throws {ClientError} BACKUP_UNREADABLE, also for another channel's */
export async function restore(
  store: StateStore,
  { backup, passphrase }: { readonly backup: string; readonly passphrase: string },
  { complete = false, now = () => Date.now() }: RestoreOptions = {},
): Promise<void> {
  const state = await readBackup(backup, passphrase);
  expectThat(state.channel === store.state.channel, 'BACKUP_UNREADABLE', 'channel');
  // A handle at two events would let a node link them.
  const blinded = state.blinded.filter(({ kind, event }) => complete || kind === 'master' || event !== undefined);
  const credentials = Object.entries(state.credentials).map(([event, credential]) => {
    // Else orders were signed that the backup knows nothing of.
    const orderSequence = afterRestoring(credential.orderSequence, now());
    return [event, complete ? credential : { ...credential, orderSequence }] as const;
  });
  await store.update(() => ({ ...state, blinded, credentials: Object.fromEntries(credentials) }));
}
