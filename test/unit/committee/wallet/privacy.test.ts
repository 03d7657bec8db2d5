import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { credentialFor, type WalletServices } from '../../../../committee/wallet/index.js';
import { ALICE, CLOSING, OPENING, SMALL, World } from './a-world.js';

const ENTRIES = { recursive: true, withFileTypes: true } as const;

/** Every text in a value, also inside statements. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  if (typeof value !== 'string') return [String(value)];
  const segments = value.split('.');
  if (segments.length !== 3) return [value];
  const [header, payload] = segments.map((segment) => Buffer.from(segment, 'base64url').toString());
  return [value, ...textsIn(JSON.parse(header!)), ...textsIn(JSON.parse(payload!))];
}

describe('what nodes see of a wallet', () => {
  let world: World;
  let wallet: WalletServices;
  before(async () => {
    world = new World(SMALL);
    wallet = await world.wallet();
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    await credentialFor(CLOSING, wallet);
  });
  const seen = () => world.nodes.flatMap((node) => node.seen);

  it('has nothing in common between the person and two events, but what all wallets have in common', () => {
    const of = (event: string | undefined) =>
      new Set(
        seen().flatMap(({ request }) => ((request as { event?: string }).event === event ? textsIn(request) : [])),
      );
    const [person, opening, closing] = [of(undefined), of(OPENING), of(CLOSING)];
    const shared = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
      // Longer than an index, a sequence or a kind: something that could point to somebody.
      [...left].filter((text) => right.has(text) && text.length > 5).sort();
    const { attestor, exp } = wallet.store.state.blinded[0]!.signed!;
    const kid = JSON.parse(
      Buffer.from(wallet.store.state.blinded[0]!.signed!.handle.split('.')[0]!, 'base64url').toString(),
    ) as { kid: string };
    const common = [attestor, String(exp), kid.kid, 'guichet', 'guichet-handle+jwt', 'guichet-possession+jwt'];
    const issued = seen().length;
    expect(issued).to.be.above(12);
    const allowed = new Set([...common, 'ES256', 'P-256', 'master']);
    for (const pair of [shared(opening, closing), shared(person, opening), shared(person, closing)])
      expect(pair.filter((text) => !allowed.has(text) && !isTime(text))).to.deep.equal([]);
  });

  it('holds neither the identity, nor a blinding, a salt or a private key', () => {
    const texts = textsIn(seen().map(({ request }) => request));
    const { blinded, person, credentials } = wallet.store.state;
    const keys = [person, ...Object.values(credentials)].flatMap(({ current }) => current?.key.d ?? []);
    const secrets = [ALICE, ...keys, ...blinded.flatMap(({ blinding, salt, proof }) => [blinding, salt, proof])];
    expect(keys).to.have.length(3);
    for (const secret of secrets) expect(texts.some((text) => text.includes(secret))).to.equal(false);
  });

  it('holds nothing of handles that are not in use', () => {
    const unused = wallet.store.state.blinded.filter(({ kind, event }) => kind === 'event' && event === undefined);
    expect(unused).to.have.length(1);
    const text = JSON.stringify(seen().map(({ request }) => request));
    for (const { blinded, commitment } of unused) expect(text).not.to.include(blinded).and.not.to.include(commitment);
  });

  /** When a possession ends: the time of asking. */
  const isTime = (text: string) => /^1[0-9]{9}$/.test(text);
});

describe('what a wallet or a gate keeps and imports', () => {
  it('keeps no identity', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    expect(JSON.stringify(wallet.store.state)).not.to.include('ZE184226B');
  });

  it('imports nothing that a browser does not have', () => {
    const seen = new Set<string>();
    const outside = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(file, 'utf8');
      expect(source, file).not.to.match(/\b(Buffer|process)\b\./);
      for (const [, name = ''] of source.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)';/gms)) {
        if (name.startsWith('.')) follow(resolve(dirname(file), name.replace(/\.js$/, '.ts')));
        else outside.add(name);
      }
    };
    for (const folder of ['wallet', 'client', 'gate', 'messages'])
      for (const { name, parentPath } of readdirSync(join(process.cwd(), 'committee', folder), ENTRIES))
        if (name.endsWith('.ts')) follow(join(parentPath, name));
    const libraries = ['@noble/curves/nist.js', '@noble/hashes/hmac.js', '@noble/hashes/sha2.js', 'zod'];
    expect(outside).to.deep.equal(new Set(libraries));
  });
});
