/** Where a wallet's state lies: sealed bytes, whatever keeps them. */
import { concat, utf8 } from '../../chaincode/crypto/bytes.js';
import { ClientError } from '../client/client-error.js';
import { walletStateSchema, type WalletState } from './state.js';

/** As a port. What was saved is what is loaded, whole, or what was saved before. */
export interface WalletStorage {
  load(): Promise<Uint8Array | undefined>;
  save(sealed: Uint8Array): Promise<void>;
}

/** WebCrypto's key, named without the type library of either browsers or Node. */
export type StorageKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const IV_BYTES = 12;
const CIPHER = 'AES-GCM';

/** Stays in the browser's key store: it can be used there and not read. */
export const createStorageKey = (): Promise<StorageKey> =>
  crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ['encrypt', 'decrypt']);

/** @param secret 32 bytes, of a key file or from a passphrase */
export const storageKeyFrom = (secret: Uint8Array): Promise<StorageKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(secret), CIPHER, false, ['encrypt', 'decrypt']);

/**
 * AES-256-GCM under a fresh IV, which stands before it. @param label what it is for; opening it for anything else fails
 * @throws {ClientError} STORAGE_UNREADABLE naming the member, for a state that would not open again
 */
export async function sealState(state: WalletState, key: StorageKey, label: string): Promise<Uint8Array> {
  const wrong = walletStateSchema.safeParse(state).error?.issues[0];
  if (wrong) return unreadable(wrong.path.join('.'));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = { name: CIPHER, iv, additionalData: new Uint8Array(utf8(label)) };
  const plaintext = new Uint8Array(utf8(JSON.stringify(state)));
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plaintext)));
}

/** @returns undefined where it is not whole, another key's or for something else */
export async function openState(sealed: Uint8Array, key: StorageKey, label: string): Promise<WalletState | undefined> {
  const iv = new Uint8Array(sealed.subarray(0, IV_BYTES));
  const algorithm = { name: CIPHER, iv, additionalData: new Uint8Array(utf8(label)) };
  const opened = await crypto.subtle
    .decrypt(algorithm, key, new Uint8Array(sealed.subarray(IV_BYTES)))
    .catch((error: unknown) => {
      // WebCrypto's way to say that the tag is not this message's.
      if (error instanceof Error && error.name === 'OperationError') return undefined;
      throw error;
    });
  if (!opened) return undefined;
  // A state of another version is not ours to guess at.
  return walletStateSchema.safeParse(JSON.parse(new TextDecoder().decode(opened))).data;
}

export function memoryStorage(): WalletStorage {
  let kept: Uint8Array | undefined;
  return {
    load: () => Promise.resolve(kept),
    save(sealed) {
      kept = sealed;
      return Promise.resolve();
    },
  };
}

/** @throws {ClientError} STORAGE_UNREADABLE */
export function unreadable(field = 'storage'): never {
  throw new ClientError('STORAGE_UNREADABLE', { field });
}
