/** What is hashed of a person: the commitment that an attestor signs, and the pseudonyms that the ledger stores. */
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import { pointBytes, type Point } from '../../chaincode/crypto/point.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { hash } from '../../chaincode/crypto/transcript.js';

/** 32 random bytes. Without it a commitment could be tried with every identity. */
export type Salt = Uint8Array;

/** com_j: opened to the attestor and, by the holder's choice, to an offline gate. */
export const commitmentTo = (suite: Suite, salt: Salt, identity: string): string =>
  toBase64url(hash(suite, 'com', salt, identity));

/** D: the same person is the same, and nobody's but t nodes' key leads from one to the other. */
export const personIdOf = (suite: Suite, unblinded: Point): string =>
  toBase64url(hash(suite, 'person', pointBytes(unblinded)));

/** C_e: the person at one event. @param unblinded under this event's key */
export const credentialIdOf = (suite: Suite, event: string, unblinded: Point): string =>
  toBase64url(hash(suite, 'credential', event, pointBytes(unblinded)));
