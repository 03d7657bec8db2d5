/** A real OpenID provider on loopback: it signs access tokens for its client, changes its keys, and may be stopped. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import Provider from 'oidc-provider';
import { SCOPE_NAMES } from '../../gateway/auth/scopes.js';

const [CLIENT, SECRET] = ['box-office-app', 'a-secret-of-the-box-office-app'];
const SCOPES = [...SCOPE_NAMES.map((name) => `guichet:${name}`), 'guichet:nonsense', 'admin'].join(' ');

export interface TokenRequest {
  readonly audience?: string;
  readonly scope?: string;
  readonly roles?: readonly string[];
}

export interface IdentityProvider {
  readonly issuer: string;
  /** An access token, by the client credentials grant. */
  token(request?: TokenRequest): Promise<string>;
  /** What its key signs for its client, with whatever header. */
  sign(header: object): Promise<string>;
  /** It signs with another key from now on, and publishes only that one. */
  rotate(): Promise<void>;
  /** Requests for its keys so far. */
  readonly asked: () => number;
  /** It answers everything with 503 from now on. */
  breakDown(): void;
  stop(): Promise<void>;
  startAgain(): Promise<void>;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

export async function anIdentityProvider(): Promise<IdentityProvider> {
  let handle: RequestListener = () => undefined;
  let roles: readonly string[] = [];
  let asked = 0;
  let key: SigningKey | undefined;
  const server = createServer((request, response) => {
    if (request.url === '/jwks') asked += 1;
    handle(request, response);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const rotate = async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    key = { kid: `key-${process.hrtime.bigint()}`, privateKey };
    handle = callbackOf(await providerOf(issuer, key, () => roles));
  };
  await rotate();
  return {
    issuer,
    rotate,
    sign(header) {
      if (!key) throw new Error('it has no key');
      const claims = new SignJWT({ scope: 'guichet:sales' })
        .setIssuer(issuer)
        .setAudience('guichet')
        .setSubject(CLIENT);
      const signing = claims.setExpirationTime('1h').setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header });
      return signing.sign(key.privateKey);
    },
    asked: () => asked,
    breakDown() {
      handle = (_, response) => response.writeHead(503).end();
    },
    async token({ audience = 'guichet', scope = 'guichet:sales', roles: given = [] } = {}) {
      roles = given;
      const body = new URLSearchParams({
        ...{ grant_type: 'client_credentials', resource: `urn:${audience}`, scope },
        ...{ client_id: CLIENT, client_secret: SECRET },
      });
      const response = await fetch(`${issuer}/token`, { method: 'POST', body });
      const { access_token: token } = (await response.json()) as { readonly access_token?: string };
      if (token === undefined) throw new Error(`no token: ${response.status}`);
      return token;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    startAgain: () => listen(port),
  };
}

function callbackOf(provider: Provider): RequestListener {
  const callback = provider.callback();
  return (request, response) => void callback(request, response);
}

async function providerOf(
  issuer: string,
  { kid, privateKey }: SigningKey,
  roles: () => readonly string[],
): Promise<Provider> {
  return new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT, client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' },
        ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }] },
    scopes: SCOPES.split(' '),
    extraTokenClaims: () => ({ roles: [...roles()] }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          ...{ scope: SCOPES, audience: resource.replace(/^urn:/, ''), accessTokenTTL: 600 },
          ...{ accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } },
        }),
      },
    },
  });
}
