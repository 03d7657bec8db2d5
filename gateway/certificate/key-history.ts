/** An organization's key as the ledger knows it or ever knew it: a key that has left the registry still has its place in the history. */
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { organizationKeysKey } from '../../chaincode/domain/keys.js';
import type { OrganizationKeysRecord, RegisteredKey } from '../../chaincode/domain/records.js';
import { GatewayError } from '../errors.js';
import type { Version } from '../http/ports.js';
import type { Certificate } from './certificate.js';
import { commandsAbout, positionOf, type Ledger, type Position } from './provenance.js';

/** @throws {GatewayError} LEDGER_DISAGREES if the organization never registered it */
export async function registeredKeyOf(
  { records, blocks }: Ledger,
  organization: string,
  kid: string,
): Promise<Certificate['keys']['organizer']> {
  const registryKey = organizationKeysKey(organization);
  const [[registry], versions] = await Promise.all([records.read([registryKey]), records.history(registryKey)]);
  const known = versions.filter(({ record }) => keyIn(record, kid));
  const key = keyIn(registry, kid) ?? keyIn(known.at(-1)?.record, kid);
  if (!key) throw new GatewayError('LEDGER_DISAGREES', { field: 'keys', organization, kid });
  const registered = await registrationOf(blocks, kid, organization, known[0]);
  return { organization, ...key, ...(registered && { registered }) };
}

const keyIn = (registry: OrganizationKeysRecord | undefined, kid: string): RegisteredKey | undefined =>
  registry?.keys.find((key) => key.kid === kid);

/** @param first the oldest version that has the key; a history that does not reach back to the registration does not tell it */
async function registrationOf(
  blocks: Ledger['blocks'],
  kid: string,
  organization: string,
  first: Version<OrganizationKeysRecord> | undefined,
): Promise<Position | undefined> {
  const transaction = first && (await blocks.transaction(first.tx));
  if (!transaction) return undefined;
  const registers = commandsAbout(transaction, organizationKeysKey(organization)).some(
    ({ kind, command }) => kind === 'keys.register' && thumbprintOf(command.jwk as PublicJwk) === kid,
  );
  return registers ? positionOf({ ...first, block: transaction.block }) : undefined;
}
