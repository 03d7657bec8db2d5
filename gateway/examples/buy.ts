/**
 * Builds a purchase request byte by byte and sends it, with nothing but Node: `node dist/gateway/examples/buy.js <gateway> <event> <seller> <class>
 * <token file>`. README.md beside this file explains the bytes; buy.py does the same in Python.
 */
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [gateway = 'http://localhost:8080', event = '', seller = 'ResellerMSP', priceClass = '', tokenFile = ''] =
  process.argv.slice(2);

const base64url = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url');
const ask = async (path: string) =>
  (await (await fetch(`${gateway}${path}`)).json()) as { channel: string; currency: string };

// 1. A key. Its public half is the holder; whoever has the private half has the tickets.
const [pkcs8, spki] = [{ type: 'pkcs8', format: 'der' } as const, { type: 'spki', format: 'der' } as const];
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256', privateKeyEncoding: pkcs8, publicKeyEncoding: spki });
const privateKey = createPrivateKey({ key: pair.privateKey, ...pkcs8 });
const { x = '', y = '' } = privateKey.export({ format: 'jwk' });
const holder = createHash('sha256').update(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).digest('base64url');

// 2. What is wanted. The channel and the currency are the network's and the event's.
const { channel } = await ask('/v1/network');
const { currency } = await ask(`/v1/events/${event}`);
const payload = {
  channel,
  event,
  jti: base64url(randomBytes(12)).replace(/^[^A-Za-z0-9]/, 'x'),
  exp: Math.floor(Date.now() / 1000) + 600,
  seller,
  priceClass,
  quantity: 2,
  currency,
  maxTotalMinor: 100_000,
  paymentReference: `pay-${randomBytes(8).toString('hex')}`,
};

// 3. The bytes that are signed: header and payload, each as base64url of its JSON, with a dot between them.
const header = { alg: 'ES256', typ: 'guichet-purchase+jwt', jwk: { kty: 'EC', crv: 'P-256', x, y } };
const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;

// 4. The signature: r and s, 32 bytes each, one after the other. Not DER, which is what most libraries give by themselves.
const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
const request = `${signed}.${base64url(signature)}`;

// 5. The seller's shop sends it, with its operator's token: selling uses the seller's own key.
const response = await fetch(`${gateway}/v1/sales`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` },
  body: JSON.stringify({ request }),
});
console.log(response.status, JSON.stringify(await response.json(), null, 2));
console.log('holder', holder);
process.exitCode = response.ok ? 0 : 1;
