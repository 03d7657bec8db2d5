/** What the OpenAPI document says of credentials. */
import { PROOF_HEADER } from '../auth/request-proof.js';
import { SCOPES } from '../auth/scopes.js';
import type { Operation } from './operation.js';

const scopes = Object.entries(SCOPES).map(([name, meaning]) => `- \`${name}\`: ${meaning}`);
const SIGNED = 'a JWS (`guichet-request+jwt`, ES256) over this very request, which counts once';

export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: [
      "The organization's operator token, which may do everything, an API key, or an access token of its OpenID provider, with the scope that the operation names:",
      ...scopes,
    ].join('\n'),
  },
  device: {
    type: 'apiKey',
    in: 'header',
    name: PROOF_HEADER,
    description: `${SIGNED}, by a gate device of the event`,
  },
  holder: { type: 'apiKey', in: 'header', name: PROOF_HEADER, description: `${SIGNED}, by the holder's key` },
} as const;

/** One of these is enough. */
export function securityOf({ authority, devices }: Operation): readonly Readonly<Record<string, readonly string[]>>[] {
  if (authority === 'public') return [];
  if (authority === 'holder') return [{ holder: [] }];
  return [{ bearer: [authority] }, ...(devices ? [{ device: [] }] : [])];
}
