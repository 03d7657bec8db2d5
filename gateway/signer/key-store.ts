/** The signer's keys: one sealed file each, opened once at start, found by thumbprint or by use and label. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.js';
import { loadEncryptionKey } from './encryption-key.js';
import { openKey, sealKey } from './sealed-key.js';
import { generateSigningKey, type SigningKey } from './sign-statement.js';
import type { SignerKey, SignerUse } from './signing-keys.js';

const KEY_FILE = /^[A-Za-z0-9_-]{43}\.json$/;

export interface StoredKey {
  readonly description: SignerKey;
  readonly key: SigningKey;
}

export interface KeyStoreOptions {
  readonly directory: string;
  /** File of the key-encryption key; made on the first start. */
  readonly encryptionKeyFile: string;
}

export class KeyStore {
  readonly #directory: string;
  readonly #encryptionKey: Buffer;
  readonly #keys = new Map<string, StoredKey>();
  /** By use and label, a promise from the start: two callers at once get one key. */
  readonly #labelled = new Map<string, Promise<StoredKey>>();

  private constructor(directory: string, encryptionKey: Buffer) {
    this.#directory = directory;
    this.#encryptionKey = encryptionKey;
  }

  /** @throws {SealBroken} if any key can't be opened: a signer that misses a key should not look healthy */
  static async open({ directory, encryptionKeyFile }: KeyStoreOptions): Promise<KeyStore> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const files = (await readdir(directory)).filter((name) => KEY_FILE.test(name)).sort();
    const store = new KeyStore(directory, await loadEncryptionKey(encryptionKeyFile, files.length === 0));
    for (const name of files) {
      const file = join(directory, name);
      store.#add(openKey(file, await readFile(file, 'utf8'), store.#encryptionKey));
    }
    return store;
  }

  get(kid: string): StoredKey | undefined {
    return this.#keys.get(kid);
  }

  list(): readonly SignerKey[] {
    return [...this.#keys.values()].map(({ description }) => description);
  }

  /** The key for this use and label, made if there is none. It is on disk before it is returned. */
  async create(use: SignerUse, label: string): Promise<SignerKey> {
    const id = labelOf({ use, label });
    const known = this.#labelled.get(id) ?? this.#generate(use, label);
    this.#labelled.set(id, known);
    try {
      return (await known).description;
    } catch (error) {
      this.#labelled.delete(id);
      throw error;
    }
  }

  async #generate(use: SignerUse, label: string): Promise<StoredKey> {
    const key = generateSigningKey();
    const description = { kid: key.kid, use, label, jwk: key.jwk, createdAt: new Date().toISOString() };
    const sealed = sealKey(description, key, this.#encryptionKey);
    await writeDurably(join(this.#directory, `${key.kid}.json`), `${JSON.stringify(sealed, null, 2)}\n`);
    const stored = { description, key };
    this.#keys.set(key.kid, stored);
    return stored;
  }

  #add(stored: StoredKey): void {
    this.#keys.set(stored.description.kid, stored);
    this.#labelled.set(labelOf(stored.description), Promise.resolve(stored));
  }
}

const labelOf = ({ use, label }: Pick<SignerKey, 'use' | 'label'>): string => `${use} ${label}`;
