/** Test vectors: JSON files in test/vectors, each naming its source. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';

interface Vectors {
  'jws-es256': readonly { source: string; jwk: PublicJwk; compact: string; header: unknown; payload: unknown }[];
  'jwk-thumbprints': readonly { source: string; jwk: PublicJwk; thumbprint: string }[];
  'ecdsa-p256': {
    readonly groups: readonly {
      readonly jwk: PublicJwk;
      readonly message: string;
      /** A signature is r and s, each 32 bytes, in hex. */
      readonly tests: readonly { comment: string; signature: string; valid: boolean }[];
    }[];
  };
  /** Points, scalars and bytes of the ones below are hex. */
  'ecdh-p256': {
    readonly tests: readonly Record<'comment' | 'publicKey' | 'secretKey' | 'sharedX' | 'result', string>[];
  };
  'expand-message-xmd-sha256': readonly {
    readonly source: string;
    readonly dst: string;
    readonly vectors: readonly { message: string; lengthBytes: number; uniformBytes: string }[];
  }[];
  'hash-to-curve-p256': {
    readonly dst: string;
    readonly vectors: readonly { message: string; x: string; y: string }[];
  };
  'oprf-p256': Readonly<Record<'oprf' | 'voprf', OprfVectors>>;
  'hpke-p256': {
    readonly vectors: readonly ({ aeadId: number } & Record<
      | 'info'
      | 'secretKeyR'
      | 'publicKeyR'
      | 'secretKeyE'
      | 'enc'
      | 'sharedSecret'
      | 'key'
      | 'baseNonce'
      | 'plaintext'
      | 'aad'
      | 'ciphertext',
      string
    >)[];
  };
  'merkle-rfc6962': {
    readonly leaves: readonly string[];
    readonly roots: readonly string[];
    readonly paths: readonly { index: number; size: number; path: readonly string[] }[];
  };
  'frost-p256': { coefficients: readonly string[]; groupPublicKey: string; shares: readonly string[] };
  'frost-p256-dkg': {
    readonly groupPublicKey: string;
    readonly dealers: readonly {
      coefficients: readonly string[];
      commitments: readonly string[];
      proofOfKnowledge: string;
      /** By dealer: what this one got. */
      sharesFrom: Readonly<Record<string, string>>;
      publicShare: string;
      keyShare: string;
    }[];
  };
}

interface OprfVectors {
  readonly publicKey?: string;
  readonly secretKey: string;
  readonly vectors: readonly ({ proof?: string; proofRandomScalar?: string } & Record<
    'inputs' | 'blinds' | 'blindedElements' | 'evaluationElements' | 'outputs',
    readonly string[]
  >)[];
}

/** The tests run compiled, somewhere below the project; the vectors stay where they are. */
function projectRoot(directory = process.cwd()): string {
  return existsSync(join(directory, 'package.json')) ? directory : projectRoot(dirname(directory));
}

export function vectors<N extends keyof Vectors>(name: N): Vectors[N] {
  return JSON.parse(readFileSync(join(projectRoot(), 'test', 'vectors', `${name}.json`), 'utf8')) as Vectors[N];
}
