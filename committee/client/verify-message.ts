/** ES256 (RFC 7518 section 3.4) through WebCrypto, which browsers and Node have alike. */
import type { z } from 'zod';
import { utf8 } from '../../chaincode/crypto/bytes.js';
import type { Message, MessageName, publicKey } from '../messages/index.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Whether this key signed exactly these bytes. A key that is no point of the curve has signed nothing. */
export async function hasSigned(
  { kty, crv, x, y }: z.infer<typeof publicKey>,
  { signingInput, signature }: Message<MessageName>,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(SIGNATURE, key, new Uint8Array(signature), new Uint8Array(utf8(signingInput)));
  } catch (error) {
    // WebCrypto's way to say that the coordinates are no key.
    if (error instanceof Error && error.name === 'DataError') return false;
    throw error;
  }
}
