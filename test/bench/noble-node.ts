/**
 * A committee node whose arithmetic is @noble/curves alone: evaluations, proofs, signatures and their verification. Interface, stores and ledger are the
 * node's own. It answers from the stores that it is given and takes no part in key generations; it signs with a key of its own, which costs the same.
 * Started by the benchmark only, which is told the port through the channel between the two processes.
 */
import { p256 } from '@noble/curves/nist.js';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { DecodedJws } from '../../chaincode/crypto/jws.js';
import { readConfig } from '../../committee/config.js';
import { nobleSuite } from '../../committee/crypto/noble-suite.js';
import { createApp } from '../../committee/http/app.js';
import { createLogger } from '../../committee/logger.js';
import { listen } from '../../committee/service/listen.js';
import type { Arithmetic, NodeServices } from '../../committee/node/services.js';
import { openNode } from '../../committee/open-node.js';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64url');

/** High s is accepted, as the node does. */
const noble: Arithmetic = {
  suite: nobleSuite,
  verifySignature({ signature, signingInput }: DecodedJws, { x, y }: PublicJwk) {
    const key = Uint8Array.of(4, ...bytesOf(x), ...bytesOf(y));
    return p256.verify(signature, Buffer.from(signingInput), key, { lowS: false });
  },
};

function nobleSigner(): NodeServices['signer'] {
  const { secretKey } = p256.keygen();
  const publicKey = p256.getPublicKey(secretKey, false);
  const [x, y] = [base64url(publicKey.subarray(1, 33)), base64url(publicKey.subarray(33))];
  const kid = thumbprintOf({ kty: 'EC', crv: 'P-256', x, y });
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return {
    kid,
    sign(name, payload) {
      const input = `${encode({ alg: 'ES256', typ: `guichet-${name}+jwt`, kid })}.${encode(payload)}`;
      return `${input}.${base64url(p256.sign(Buffer.from(input), secretKey, { lowS: false }))}`;
    },
  };
}

const { profile, logLevel } = readConfig();
const logger = createLogger('a committee node on noble', logLevel);
const node = await openNode(profile, logger);
const served = { ...node.served, ...noble, signer: nobleSigner() };
const app = createApp({ served, metrics: node.metrics, logger });
const listening = await listen(app, profile.listen);
process.once('disconnect', () => {
  void listening.drain().then(() => node.close());
});
process.send?.({ port: listening.port });
