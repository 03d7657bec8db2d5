/** A replacement that waits: the owner of the old key can end it, the owner of the new one sees when it is done. */
import { ClientError } from '../client/client-error.js';
import { settled, thumbprintOfHeld } from './binding.js';
import { signReplacement } from './replacement.js';
import type { BoundKey, WalletServices } from './services.js';
import { theCredentialFor, thePerson, type Subject } from './subject.js';

const subjectOf = (event: string | undefined): Subject => (event === undefined ? thePerson : theCredentialFor(event));

/**
 * What the ledger says of the person's key or an event's. A key of this wallet's that has come into use is used from then on. A wallet looks now and then:
 * a `pending` of another key is somebody's attempt to take over.
 * @param event undefined for the person
 */
export async function lookAtKey(event: string | undefined, services: WalletServices): Promise<BoundKey | undefined> {
  const kind = subjectOf(event);
  const { subject } = kind.bindingIn(services.store.state);
  if (subject === undefined) return undefined;
  const bound = await services.ledger.boundKey(event, subject);
  await services.store.update((state) => kind.withBinding(state, settled(kind.bindingIn(state), bound)));
  return bound;
}

/** @throws {ClientError} NO_REPLACEMENT where nothing is pending, NO_CREDENTIAL where the old key is not this wallet's */
export async function vetoReplacement(event: string | undefined, services: WalletServices): Promise<void> {
  const bound = await lookAtKey(event, services);
  const { subject, current } = subjectOf(event).bindingIn(services.store.state);
  if (subject === undefined || !bound?.pending) throw new ClientError('NO_REPLACEMENT', { field: 'pending' });
  if (!current || thumbprintOfHeld(current) !== bound.key) throw new ClientError('NO_CREDENTIAL', { field: 'key' });
  const { key, sequence } = bound.pending;
  const statement = await signReplacement('key-veto', current, { event, subject, key, sequence }, services);
  await services.ledger.submit({ kind: 'credential.veto', statement });
}
