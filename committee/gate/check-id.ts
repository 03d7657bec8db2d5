/** Ids of the questions that a gate asks. */
import { toBase64url } from '../../chaincode/crypto/bytes.js';

const ID_BYTES = 15;

/** Every question is a new one. */
export const newCheckId = (): string => `g${toBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`;
