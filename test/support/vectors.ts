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
}

/** The tests run compiled, somewhere below the project; the vectors stay where they are. */
function projectRoot(directory = process.cwd()): string {
  return existsSync(join(directory, 'package.json')) ? directory : projectRoot(dirname(directory));
}

export function vectors<N extends keyof Vectors>(name: N): Vectors[N] {
  return JSON.parse(readFileSync(join(projectRoot(), 'test', 'vectors', `${name}.json`), 'utf8')) as Vectors[N];
}
