/** The gateway's configuration: the only reader of the environment. The network writes the profile; the environment says where it is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { mspId, slugId } from '../chaincode/domain/ids.js';
import { ROLES } from '../chaincode/domain/records.js';
import { check, checkAll, ConfigError } from '../committee/service/configuration.js';
import { authConfigOf, authEnvironment, type AuthConfig } from './auth/environment.js';
import { identityPolicySchema, STRICTEST } from './attestation/identity-policy.js';
import { paymentEnvironment, paymentSettings, type PaymentSettings } from './payments/settings.js';
import { networksIn, type Network } from './push/webhooks/targets.js';
import { tariffSchema } from './statements/operators-fee.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const file = z.string().min(1);
const address = z.string().regex(/^[^:\s]+:[0-9]{1,5}$/, { error: 'is not host:port' });
const identity = z.object({ certFile: file, keyFile: file });
const node = z.object({ mspId, address, tlsCaFile: file, serverName: z.string().min(1) });
const orderer = node.extend({ operationsUrl: z.url({ protocol: /^https?$/ }) });

/** Members that we don't know are left alone: the network may say more than this version reads. */
const profileSchema = z.object({
  mspId,
  name: z.string().min(1),
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  consensus: z.string().min(1),
  listen: z.object({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
  publicUrl: z.url({ protocol: /^https?$/ }),
  endpoints: z.array(node).min(1),
  endorsingOrganizations: z.array(mspId).min(1),
  endorsements: z.int().min(1).optional(),
  orderers: z.array(orderer),
  identities: z.object({ gateway: identity }),
  signer: z.object({ socket: file, storeDir: file, logFile: file, keyFile: file }),
  organizations: z
    .array(
      z.object({
        name: z.string().min(1),
        mspId,
        roles: z.array(z.enum(ROLES)),
        endorsing: z.boolean(),
        /** Others joined later, by a vote. */
        founder: z.boolean().default(true),
      }),
    )
    .min(1),
  operatorsFee: z.array(tariffSchema).default([]),
  identityPolicy: identityPolicySchema.default(STRICTEST),
  tokenFile: file,
  /** Where the committee's nodes are asked. Who they are the ledger says. */
  committeeNodes: z.array(z.object({ mspId, node: slugId, url: z.url({ protocol: /^https?$/ }) })).default([]),
  /** Where the read model is, unless DATABASE_URL says that it is on a server. */
  projectionDir: file.default('projection'),
  /** Where the store is, unless DATABASE_URL says that it is on a server. */
  storeDir: file.default('store'),
  /** Of the key that seals secrets in the store; gateways that share a store share it. */
  storeKeyFile: file.default('store.key'),
  gateways: z.array(z.object({ mspId, name: z.string().min(1), url: z.url({ protocol: /^https?$/ }) })),
});
export type Profile = Readonly<z.infer<typeof profileSchema>>;

/** Networks with commas between them. */
const networks = z.string().transform((text, context) => {
  try {
    return networksIn(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a list of networks like 127.0.0.0/8,::1/128' });
    return z.NEVER;
  }
});

/** A clerk does not look at a document every second. */
const attestationsPerMinute = z.coerce.number().int().min(1).max(10_000);
const drainNoticeMs = z.coerce.number().int().min(0).max(120_000);
const signaturesPerMinute = z.coerce.number().int().min(1).max(10_000_000);
const environmentSchema = z.object({
  GUICHET_PROFILE: z
    .string({ error: 'is not set: it names the profile that the network wrote for this gateway' })
    .min(1),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  GUICHET_SIGNER_LIMIT: signaturesPerMinute.default(60_000),
  GUICHET_ATTESTATION_LIMIT: attestationsPerMinute.default(60),
  GUICHET_HOLD_LIMIT: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  GUICHET_PEER_URL: z.url({ protocol: /^https?$/, error: 'is not a URL like http://host:port' }).optional(),
  GUICHET_MARKET_DRIVER: z.enum(['on', 'off']).default('on'),
  GUICHET_DRAIN_NOTICE_MS: drainNoticeMs.default(0),
  ...authEnvironment,
  ...paymentEnvironment,
  GUICHET_WEBHOOK_TARGETS: networks.default([]),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is not a URL like postgres://user@host/database' })
    .optional(),
});

type DatabasePlace = { readonly url: string } | { readonly directory: string };

export interface GatewayConfig {
  readonly profile: Profile;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Signatures that one key may make in a minute. */
  readonly signaturesPerMinute: number;
  /** Documents that its clerks may look at in a minute. */
  readonly attestationsPerMinute: number;
  /** How long it says that it is leaving before it leaves, for load balancers that look now and then. */
  readonly drainNoticeMs: number;
  /** Seats of one event that one caller may hold. */
  readonly maxHeldSeats: number;
  /** Where gateways that share its store reach this one; undefined where they can't. */
  readonly peerUrl: string | undefined;
  /** Whether it takes the steps of sealed markets by itself. */
  readonly drivesMarkets: boolean;
  /** Networks beyond the public internet to which webhooks may go. */
  readonly webhookTargets: readonly Network[];
  /** Where the read model is: on a PostgreSQL server, or in a directory of the gateway's own. */
  readonly database: DatabasePlace;
  /** Where the store is: the same server, or another directory. */
  readonly store: DatabasePlace;
  readonly auth: AuthConfig;
  readonly payments: PaymentSettings;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {ConfigError} */
export function readConfig(environment: Environment = process.env): GatewayConfig {
  const { found, profile, auth, payments } = checkAll({
    found: () => check(environmentSchema, environment, ''),
    profile: () => readProfile(profilePath(environment)),
    auth: () => authConfigOf(check(z.object(authEnvironment), environment, '')),
    payments: () => paymentSettings(check(z.object(paymentEnvironment), environment, ''), readText),
  });
  return {
    profile,
    logLevel: found.LOG_LEVEL,
    signaturesPerMinute: found.GUICHET_SIGNER_LIMIT,
    attestationsPerMinute: found.GUICHET_ATTESTATION_LIMIT,
    drainNoticeMs: found.GUICHET_DRAIN_NOTICE_MS,
    maxHeldSeats: found.GUICHET_HOLD_LIMIT,
    peerUrl: found.GUICHET_PEER_URL ?? peerUrlOf(profile),
    drivesMarkets: found.GUICHET_MARKET_DRIVER === 'on',
    webhookTargets: found.GUICHET_WEBHOOK_TARGETS,
    database: placeOf(profile.projectionDir, found.DATABASE_URL),
    store: placeOf(profile.storeDir, found.DATABASE_URL),
    auth,
    payments,
  };
}

const profilePath = (environment: Environment): string =>
  check(environmentSchema.pick({ GUICHET_PROFILE: true }), environment, '').GUICHET_PROFILE;

export interface StartConfig extends GatewayConfig {
  /** Of its operator. */
  readonly token: string;
}

/** All that a gateway starts with: one start names all mistakes. @throws {ConfigError} */
export function readStart(environment: Environment = process.env): StartConfig {
  const { config, token } = checkAll({
    config: () => readConfig(environment),
    token: () => tokenOf(profilePath(environment)),
  });
  return { ...config, token };
}

/** Whatever else is wrong with the profile. */
function tokenOf(path: string): string {
  const { tokenFile } = check(profileSchema.pick({ tokenFile: true }), readJson(path), path);
  return readToken(resolve(dirname(path), tokenFile));
}

/** Nobody reaches a gateway at the address that means all of a machine's. */
const peerUrlOf = ({ listen: { host, port } }: Profile): string | undefined =>
  ['0.0.0.0', '::', '[::]'].includes(host) ? undefined : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const placeOf = (directory: string, url: string | undefined): DatabasePlace =>
  url === undefined ? { directory } : { url };

/** Reads a profile; its paths may be relative to it. @throws {ConfigError} */
export function readProfile(path: string): Profile {
  const profile = check(profileSchema, readJson(path), path);
  const at = (relative: string) => resolve(dirname(path), relative);
  const { signer, identities } = profile;
  const located = <T extends { readonly tlsCaFile: string }>(found: T): T => ({
    ...found,
    tlsCaFile: at(found.tlsCaFile),
  });
  return {
    ...profile,
    tokenFile: at(profile.tokenFile),
    projectionDir: at(profile.projectionDir),
    storeDir: at(profile.storeDir),
    storeKeyFile: at(profile.storeKeyFile),
    endpoints: profile.endpoints.map(located),
    orderers: profile.orderers.map(located),
    identities: { gateway: { certFile: at(identities.gateway.certFile), keyFile: at(identities.gateway.keyFile) } },
    signer: {
      socket: at(signer.socket),
      storeDir: at(signer.storeDir),
      logFile: at(signer.logFile),
      keyFile: at(signer.keyFile),
    },
  };
}

const networkSchema = z.object({ gateways: z.array(z.object({ profile: z.string().min(1) })).min(1) });
/** The network of the data directory that the commands use, unless another is named. */
const networkEnvironmentSchema = z
  .object({ GUICHET_NETWORK: z.string().min(1).optional(), GUICHET_DATA: z.string().min(1).default('.guichet') })
  .transform(({ GUICHET_NETWORK, GUICHET_DATA }) => ({ path: GUICHET_NETWORK ?? join(GUICHET_DATA, 'network.json') }));

export interface NetworkConfig {
  readonly profiles: readonly Profile[];
}

const projectionEnvironmentSchema = z.object({
  GUICHET_PROFILE: environmentSchema.shape.GUICHET_PROFILE.optional(),
  DATABASE_URL: environmentSchema.shape.DATABASE_URL,
});

/** For the read model's commands: of the profile that is named, else of the network's first gateway. @throws {ConfigError} */
export function readProjection(environment: Environment = process.env): Pick<GatewayConfig, 'profile' | 'database'> {
  const { GUICHET_PROFILE, DATABASE_URL } = check(projectionEnvironmentSchema, environment, '');
  const [first] = GUICHET_PROFILE === undefined ? readNetwork(environment).profiles : [readProfile(GUICHET_PROFILE)];
  if (!first) throw new ConfigError(['the network has no gateway']);
  return { profile: first, database: placeOf(first.projectionDir, DATABASE_URL) };
}

/** All gateways of one network on this machine: for founding it, for the sample season and the tour. @throws {ConfigError} */
export function readNetwork(environment: Environment = process.env): NetworkConfig {
  const { path } = check(networkEnvironmentSchema, environment, '');
  if (!existsSync(path)) throw new ConfigError([`${path} is not there: bring a network up first, with npm start`]);
  const { gateways } = check(networkSchema, readJson(path), path);
  return { profiles: gateways.map(({ profile }) => readProfile(resolve(dirname(path), profile))) };
}

const candidatesSchema = z.object({
  organizations: z.array(z.object({ mspId, name: z.string().min(1), roles: z.array(z.enum(ROLES)) })),
});

export interface AdmissionConfig extends NetworkConfig {
  readonly newcomer: z.infer<typeof candidatesSchema>['organizations'][number];
}

/** The organization that GUICHET_JOIN names, as its network describes it, and the gateways of the others. @throws {ConfigError} */
export function readAdmission(environment: Environment = process.env): AdmissionConfig {
  const { GUICHET_JOIN } = check(z.object({ GUICHET_JOIN: mspId }), environment, '');
  const { profiles } = readNetwork(environment);
  const { path } = check(networkEnvironmentSchema, environment, '');
  const { organizations } = check(candidatesSchema, readJson(path), path);
  const newcomer = organizations.find((each) => each.mspId === GUICHET_JOIN);
  if (!newcomer) throw new ConfigError([`GUICHET_JOIN: ${path} has no organization ${GUICHET_JOIN}`]);
  return { newcomer, profiles: profiles.filter((profile) => profile.mspId !== GUICHET_JOIN) };
}

const committeeSchema = z.object({
  committee: z.object({
    threshold: z.int().min(1),
    members: z.array(z.object({ mspId, node: slugId, url: z.url({ protocol: /^https?$/ }) })),
  }),
});

export type AppointmentConfig = NetworkConfig & z.infer<typeof committeeSchema>;

/** The committee's nodes as the network describes them, and the gateways that vote. @throws {ConfigError} */
export function readAppointment(environment: Environment = process.env): AppointmentConfig {
  const { profiles } = readNetwork(environment);
  const { path } = check(networkEnvironmentSchema, environment, '');
  return { ...check(committeeSchema, readJson(path), path), profiles };
}

/** An operator's token. @throws {ConfigError} where it is missing or short enough to guess */
export function readToken(path: string): string {
  const token = readText(path).trim();
  if (token.length < 32) throw new ConfigError([`${path}: the token must have at least 32 characters`]);
  return token;
}

function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError([`${path}: is not JSON: ${(cause as Error).message}`]);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError([`${path}: can't be read: ${(cause as Error).message}`]);
  }
}
