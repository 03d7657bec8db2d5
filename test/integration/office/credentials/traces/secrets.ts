/** What must not be found: of people, as their passports and wallets have it; of nodes, as their stores have it under their own keys. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadNodeKey } from '../../../../../committee/storage/node-key.js';
import { openSecret, sealedSchema } from '../../../../../committee/storage/sealed.js';
import type { LivePerson } from '../../../../support/live-people.js';
import type { RealNetwork } from '../../../../support/real-network.js';
import { storedBy } from '../../../../support/real-nodes.js';
import type { Exchange } from '../../../../support/recorded-http.js';
import type { Secret } from './forms.js';

const bytesOf = (base64url: string): Uint8Array => Buffer.from(base64url, 'base64url');

/** Nowhere but in the passport, in the wallet, and in what the wallet shows the desk. */
export function secretsOf({ passport, services }: LivePerson, at: number): readonly Secret[] {
  const { identity, zone, number, surname, givenName } = passport;
  const { blinded, person, credentials } = services.store.state;
  const printed = {
    identity,
    number,
    surname,
    givenName,
    zone,
    upper: zone.split('\n')[0]!,
    lower: zone.split('\n')[1]!,
  };
  const texts = Object.entries(printed).map(([name, value]) => ({ what: `${name} of ${at}`, value }));
  const keys = [person, ...Object.values(credentials)]
    .flatMap(({ current, next }) => [current, next])
    .flatMap((held) => (held ? [{ what: `private key of ${at}`, value: bytesOf(held.key.d) }] : []));
  const opening = blinded.flatMap(({ blinding, salt, proof }) =>
    Object.entries({ blinding, salt, proof }).map(([name, value]) => ({
      what: `${name} of ${at}`,
      value: bytesOf(value),
    })),
  );
  return [...texts, ...keys, ...opening];
}

/** What attestors and nodes see and say of handles: com, B and R. In nobody's files, and not on the ledger. */
export const handleValuesOf = ({ services }: LivePerson, at: number): readonly Secret[] =>
  services.store.state.blinded.flatMap(({ commitment, blinded, blindingKey }) =>
    Object.entries({ commitment, blinded, blindingKey }).map(([name, value]) => ({
      what: `${name} of ${at}`,
      value: bytesOf(value),
    })),
  );

/** N, N_e and W, of which pseudonyms are hashes: wallets show them to nodes, who keep none and repeat none. */
export function unblindedIn(exchanges: readonly Exchange[]): readonly Secret[] {
  return exchanges
    .filter(({ url }) => /\/v1\/(enrolments|credentials)\/signatures$/.test(url))
    .flatMap(({ request }) => {
      const { unblinded, combined } = JSON.parse(request) as Record<'unblinded' | 'combined', string>;
      return [
        { what: 'an unblinded element', value: bytesOf(unblinded) },
        { what: 'a combined element', value: bytesOf(combined) },
      ];
    });
}

/** Shares and signing keys of all nodes. */
export async function secretsOfNodes({ plan }: RealNetwork): Promise<readonly Secret[]> {
  const secrets: Secret[] = [];
  for (const each of plan.committeeNodes) {
    const { name, node, organization } = each;
    const { dataDir, keyFile } = organization.directory.committeeNode(node);
    const nodeKey = await loadNodeKey(keyFile, false);
    const signing = sealedSchema.parse(JSON.parse(readFileSync(join(dataDir, 'signing-key.json'), 'utf8')));
    const { d } = openSecret(signing, ['signing-key'], nodeKey) as { d: string };
    secrets.push({ what: `signing key of ${name}`, value: bytesOf(d) });
    for (const { state } of (await storedBy(each)).states)
      if (state.share !== undefined) secrets.push({ what: `share of ${name}`, value: bytesOf(state.share) });
  }
  return secrets;
}
