/** The attestor as a library, for Node: a gateway's box office, an identity service, others. */
export { Attestor, type AttestorOptions, type AttestorSigner, type AttestorStatement } from './attestor.js';
export { expiryOfHandles } from './expiry.js';
