/** The node's configuration: the only reader of the environment. The network writes the profile; the environment says where it is. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { mspId, slugId } from '../chaincode/domain/ids.js';
import { check, checkAll, ConfigError } from './service/configuration.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const file = z.string().min(1);
const count = z.int().min(1).max(100_000_000);

/** Members that we don't know are left alone: the network may say more than this version reads. */
const profileSchema = z.object({
  organization: z.string().min(1),
  mspId,
  node: slugId,
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  listen: z.object({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
  peers: z
    .array(
      z.object({
        mspId,
        address: z.string().regex(/^[^:\s]+:[0-9]{1,5}$/, { error: 'is not host:port' }),
        tlsCaFile: file,
        serverName: z.string().min(1),
      }),
    )
    .min(1),
  identity: z.object({ certFile: file, keyFile: file }),
  dataDir: file,
  keyFile: file,
  /** What each attestor's key, or each gate device, may ask in a day. */
  limitsPerDay: z
    .object({
      masterHandles: count.default(2_000),
      eventHandles: count.default(50_000),
      gateChecks: count.default(50_000),
    })
    .prefault({}),
});
export type NodeProfile = Readonly<z.infer<typeof profileSchema>>;

const environmentSchema = z.object({
  GUICHET_PROFILE: z.string({ error: 'is not set: it names the profile that the network wrote for this node' }).min(1),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export interface NodeConfig {
  readonly profile: NodeProfile;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** @throws {ConfigError} */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): NodeConfig {
  const profileSet = environmentSchema.pick({ GUICHET_PROFILE: true });
  const { found, profile } = checkAll({
    found: () => check(environmentSchema, environment, ''),
    profile: () => readProfile(check(profileSet, environment, '').GUICHET_PROFILE),
  });
  return { profile, logLevel: found.LOG_LEVEL };
}

/** Its paths may be relative to it. */
function readProfile(path: string): NodeProfile {
  const profile = check(profileSchema, readJson(path), path);
  const at = (relative: string) => resolve(dirname(path), relative);
  const { certFile, keyFile } = profile.identity;
  return {
    ...profile,
    peers: profile.peers.map((peer) => ({ ...peer, tlsCaFile: at(peer.tlsCaFile) })),
    identity: { certFile: at(certFile), keyFile: at(keyFile) },
    dataDir: at(profile.dataDir),
    keyFile: at(profile.keyFile),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError([`${path}: can't be read: ${(cause as Error).message}`]);
  }
}
