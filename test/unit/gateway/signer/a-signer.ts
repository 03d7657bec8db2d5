/** Signers for tests, over keys and a log in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { KeyStore } from '../../../../gateway/signer/key-store.js';
import { SignatureLimit } from '../../../../gateway/signer/signature-limit.js';
import { SignatureLog } from '../../../../gateway/signer/signature-log.js';
import { Signer } from '../../../../gateway/signer/signer.js';
import { CHANNEL, newId, newKey, SCHEDULE } from '../../../support/statements.js';

export const EVENT = 'OrganizerMSP:opening-night';

export interface SignerFiles {
  readonly directory: string;
  readonly keys: string;
  readonly keyFile: string;
  readonly log: string;
  remove(): Promise<void>;
}

export async function signerFiles(): Promise<SignerFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-signer-'));
  const at = (name: string) => join(directory, name);
  return {
    directory,
    keys: at('keys'),
    keyFile: at('key'),
    log: at('log'),
    remove: () => rm(directory, { recursive: true }),
  };
}

export const openStore = ({ keys, keyFile }: SignerFiles): Promise<KeyStore> =>
  KeyStore.open({ directory: keys, encryptionKeyFile: keyFile });

export interface TestSigner {
  readonly signer: Signer;
  readonly log: SignatureLog;
}

export async function aSigner(
  files: SignerFiles,
  limit = new SignatureLimit({ signaturesPerMinute: 1_000 }),
): Promise<TestSigner> {
  const log = await SignatureLog.open(files.log);
  return { signer: new Signer({ store: await openStore(files), limit, log }), log };
}

const claims = () => ({ channel: CHANNEL, event: EVENT, jti: newId(), exp: 2_000_000_000 });

export const anAllotmentPayload = (overrides: Partial<Payload<'allotment'>> = {}): Payload<'allotment'> => ({
  ...claims(),
  allotment: 'floor-a',
  seller: 'ResellerMSP',
  priceClass: 'standard',
  facePriceMinor: 2000,
  fees: [],
  pool: { section: 'standing', from: 1, to: 10 },
  ...overrides,
});

export const anEventPayload = (): Payload<'event'> => ({
  ...claims(),
  name: 'Opening night',
  venue: 'VenueMSP',
  currency: 'EUR',
  eventKey: newKey().jwk,
  schedule: SCHEDULE,
  policy: { perPersonLimit: { primary: 4, resale: 4 }, transfer: 'allowed' },
});

export const aSalePayload = (): Payload<'sale'> => ({
  ...claims(),
  seller: 'ResellerMSP',
  request: 'r'.repeat(43),
  buyer: 'b'.repeat(43),
  allotment: 'floor-a',
  seats: ['standing:1'],
  facePriceMinor: 2000,
  feesMinor: 0,
  totalMinor: 2000,
  currency: 'EUR',
});
