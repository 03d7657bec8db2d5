/**
 * A wallet's backup: its state under a passphrase, PBKDF2 (RFC 8018) with HMAC-SHA-256 and AES-256-GCM, which is what WebCrypto has everywhere. Whoever has the
 * file may try passphrases for ever, so the passphrase has to be a long one.
 */
import { z } from 'zod';
import { fromBase64url, toBase64url, utf8 } from '../../chaincode/crypto/bytes.js';
import { ClientError, expectThat } from '../client/client-error.js';
import type { WalletState } from './state.js';
import { openState, sealState, type StorageKey } from './storage.js';

/** OWASP's advice of 2023 for PBKDF2 with HMAC-SHA-256. */
export const DEFAULT_ITERATIONS = 600_000;
const MIN_ITERATIONS = 100_000;
/** A file from elsewhere must not keep the wallet busy for hours. */
const MAX_ITERATIONS = 10_000_000;
const SALT_BYTES = 16;
const MAX_CHARS = 16 * 1024 * 1024;

const headerSchema = z.strictObject({
  format: z.literal('guichet-wallet-backup'),
  version: z.literal(1),
  kdf: z.literal('PBKDF2-SHA256'),
  iterations: z.int().min(MIN_ITERATIONS).max(MAX_ITERATIONS),
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
});
const backupSchema = headerSchema.extend({ sealed: z.string().min(1) });
type Header = Readonly<z.infer<typeof headerSchema>>;

export interface BackupOptions {
  readonly passphrase: string;
  readonly iterations?: number;
}

/** @returns JSON, to be kept by the holder @throws {ClientError} BACKUP_UNREADABLE for one that could not be read again, or by anybody */
export async function writeBackup(
  state: WalletState,
  { passphrase, iterations = DEFAULT_ITERATIONS }: BackupOptions,
): Promise<string> {
  expectThat(passphrase !== '', 'BACKUP_UNREADABLE', 'passphrase');
  const salt = toBase64url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const header: Header = { format: 'guichet-wallet-backup', version: 1, kdf: 'PBKDF2-SHA256', iterations, salt };
  const wrong = headerSchema.safeParse(header).error?.issues[0]?.path.join('.');
  if (wrong !== undefined) return unreadable(wrong);
  const sealed = await sealState(state, await keyOf(passphrase, header), labelOf(header));
  const backup = JSON.stringify({ ...header, sealed: toBase64url(sealed) });
  expectThat(backup.length <= MAX_CHARS, 'BACKUP_UNREADABLE', 'backup');
  return backup;
}

/** @throws {ClientError} BACKUP_UNREADABLE for a wrong passphrase as for a damaged file: they look the same */
export async function readBackup(text: string, passphrase: string): Promise<WalletState> {
  const { sealed, ...header } = parse(text);
  const bytes = fromBase64url(sealed);
  const state = bytes && (await openState(bytes, await keyOf(passphrase, header), labelOf(header)));
  return state ?? unreadable('sealed');
}

function parse(text: string): z.infer<typeof backupSchema> {
  if (text.length > MAX_CHARS) return unreadable('backup');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON, so not a backup.
    return unreadable('backup');
  }
  const parsed = backupSchema.safeParse(value);
  return parsed.success ? parsed.data : unreadable(parsed.error.issues[0]?.path.join('.') ?? 'backup');
}

async function keyOf(passphrase: string, { salt, iterations }: Header): Promise<StorageKey> {
  // One passphrase, however it was typed.
  const secret = new Uint8Array(utf8(passphrase.normalize('NFKC')));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const bytes = fromBase64url(salt) ?? unreadable('salt');
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(bytes), iterations };
  return crypto.subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The header is bound to what it is the header of. */
const labelOf = ({ format, version, kdf, iterations, salt }: Header): string =>
  [format, version, kdf, iterations, salt].join(' ');

function unreadable(field: string): never {
  throw new ClientError('BACKUP_UNREADABLE', { field });
}
