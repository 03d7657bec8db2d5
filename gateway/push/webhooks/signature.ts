/** How a message is signed: Standard Webhooks (https://www.standardwebhooks.com), symmetric, with each secret that is valid. */
import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

export const newSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** As its receiver keeps it. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

export interface Signable {
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

export function signedHeaders({ id, timestampSeconds, body }: Signable, secrets: readonly Buffer[]) {
  const signed = `${id}.${timestampSeconds}.${body}`;
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}
