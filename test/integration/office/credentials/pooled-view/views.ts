/** What an organization sees: the ledger, its own files and logs, and whatever its gateway, its desk and its node are asked and answer. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Block } from '../../../../../gateway/fabric/blocks.js';
import { filesBelow } from '../../../../support/live-files.js';
import type { Party, RealNetwork } from '../../../../support/real-network.js';
import type { Exchange } from '../../../../support/recorded-http.js';
import { replicasAtRest } from '../../../../support/replicas.js';
import { sighting, type Sighting } from './sightings.js';

export const PARTS = ['desk', 'gateway', 'node', 'files'] as const;
export type Part = (typeof PARTS)[number];

/** With all that any peer has. @param from its number; the newest is the last */
export async function blocksFrom({ organizer }: RealNetwork, from: number): Promise<readonly Block[]> {
  await replicasAtRest(organizer.ledger);
  const { height } = await organizer.ledger.blocks.info();
  const numbers = Array.from({ length: height - from }, (_, at) => from + at);
  return Promise.all(numbers.map(async (number) => (await organizer.ledger.blocks.block(number))!));
}

/** Each command and each record by itself. */
export function ledgerSightings(blocks: readonly Block[]): readonly Sighting[] {
  return blocks
    .flatMap(({ transactions }) => transactions)
    .flatMap(({ call }) => [
      ...commandsIn(call?.arguments ?? []).map((text) => sighting('command', text)),
      ...(call?.writes ?? [])
        .flatMap(({ key, value }) => recordsIn(key, value))
        .map((text) => sighting('record', text)),
    ]);
}

/** What only names a transaction: those who share one share a moment, which is another matter than a value. */
export const momentsIn = (blocks: readonly Block[]): readonly Sighting[] =>
  blocks.flatMap(({ transactions }) => transactions).map(({ tx }) => sighting('record', tx));

/** The entries of a transaction are one record of many commands: each for itself. */
function recordsIn(key: string, value: Uint8Array): readonly string[] {
  const record = value.length === 0 ? null : (JSON.parse(Buffer.from(value).toString('utf8')) as unknown);
  return Array.isArray(record) ? record.map((each) => JSON.stringify(each)) : [JSON.stringify([key, record])];
}

function commandsIn([batch]: readonly string[]): readonly string[] {
  if (batch?.startsWith('{"commands":') !== true) return batch === undefined ? [] : [batch];
  return (JSON.parse(batch) as { commands: readonly object[] }).commands.map((command) => JSON.stringify(command));
}

export interface Watched {
  readonly network: RealNetwork;
  readonly exchanges: readonly Exchange[];
  /** How long each log was when the watch began. */
  readonly marks: ReadonlyMap<string, number>;
}

/** What this party's organization sees of it. */
export const sightingsOf = (watched: Watched, party: Party, part: Part): readonly Sighting[] =>
  part === 'files' ? fileSightings(watched, party) : exchangeSightings(watched, party, part);

function exchangeSightings({ network, exchanges }: Watched, party: Party, part: Part): readonly Sighting[] {
  const node = network.plan.committeeNodes.find(({ organization }) => organization.mspId === party.mspId)!;
  const partOf = (url: string): Part | undefined => {
    if (url.startsWith(`http://${node.host}:${node.port}/`)) return 'node';
    if (!url.startsWith(`${party.url}/`)) return undefined;
    return url.endsWith('/v1/attestations') ? 'desk' : 'gateway';
  };
  return exchanges
    .filter(({ url }) => partOf(url) === part)
    .map(({ url, request, response }) =>
      sighting(part, JSON.stringify([...new URL(url).pathname.split('/'), request, bodyOf(response)])),
    );
}

const bodyOf = (response: string): string => response.slice(response.indexOf('\n\n') + 2);

/** All that its processes have written since, line by line. */
function fileSightings({ network, marks }: Watched, party: Party): readonly Sighting[] {
  return filesOf(network, party).flatMap((file) =>
    readFileSync(file)
      .subarray(marks.get(file) ?? 0)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => sighting('files', line)),
  );
}

export const marksOf = (network: RealNetwork, parties: readonly Party[]): ReadonlyMap<string, number> =>
  new Map(
    parties
      .flatMap((party) => filesOf(network, party))
      .filter((file) => file.endsWith('.log'))
      .map((file) => [file, statSync(file).size]),
  );

function filesOf({ plan: { directory } }: RealNetwork, { name }: Party): readonly string[] {
  const logs = readdirSync(directory.logsDir).filter((file) => file.endsWith(`-${name}.log`));
  const own = filesBelow(directory.organization(name).root);
  return [...logs.map((file) => join(directory.logsDir, file)), ...withoutPages(own)];
}

/**
 * What stands on one page of a database has nothing else in common. The read model's rows are the ledger's records, which are looked at one by one; of the
 * store's, none is about a person of this season (clients' keys, carts, webhooks, payments).
 */
function withoutPages(files: readonly string[]): readonly string[] {
  const databases = files.filter((file) => basename(file) === 'PG_VERSION').map((file) => `${dirname(file)}/`);
  return files.filter((file) => !databases.some((database) => file.startsWith(database)));
}
