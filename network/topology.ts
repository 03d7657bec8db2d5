/**
 * The topology: who takes part and what each organization runs, as data (`topology.json` is the default, any file of
 * the same shape may replace it). Owns its shape; the rules are in topology-rules.ts, and topology-file.ts reads it.
 */
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and hyphens');
/** Every process of this package runs on this machine, so nothing may listen elsewhere. */
const host = z
  .string()
  .regex(/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/, 'a loopback address')
  .default('127.0.0.1');
const minor = z.int().min(0).max(1_000_000_000);
const limit = z.int().min(1).max(100_000_000);
/** Offset from the port base. */
const port = z.int().min(0).max(20_000);

/** A peer or orderer takes three ports from `port` on: its service, its second service (chaincode or admin), operations. */
const nodeSchema = z.strictObject({ name, host, port });

/** As Fabric's lifecycle takes it. */
export const chaincodeVersion = z.string().regex(/^[A-Za-z0-9]+([.+_-][A-Za-z0-9]+)*$/);

export const organizationSchema = z.strictObject({
  name,
  mspId: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/),
  roles: z.array(z.enum(['organizer', 'reseller', 'venue', 'trustee'])).min(1),
  orderers: z.array(nodeSchema).default([]),
  peers: z.array(nodeSchema).default([]),
  committeeNodes: z.array(nodeSchema).default([]),
  gateway: z.strictObject({ host, port }).optional(),
  /** The first chaincode server's port; further chaincodes and versions take the next ones. */
  chaincodePort: port.optional(),
  /** Identities that the organization's CA issues, and the attributes in their certificates; `admin` always exists. */
  identities: z.record(name, z.array(name)).default({}),
});

export const topologySchema = z.strictObject({
  channel: z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/),
  consensus: z.enum(['bft', 'raft']),
  block: z.strictObject({
    /** A block is cut this long after its first transaction at the latest. */
    intervalMs: z.int().min(10).max(10_000),
    maxMessageCount: z.int().min(1),
    preferredMaxBytes: z.string(),
    absoluteMaxBytes: z.string(),
  }),
  committee: z.strictObject({
    threshold: z.int().min(1),
    /** What each attestor's key, or each gate device, may ask one node in a day. The nodes have defaults. */
    limitsPerDay: z.strictObject({ masterHandles: limit, eventHandles: limit, gateChecks: limit }).partial().optional(),
  }),
  chaincode: z.strictObject({
    name,
    version: chaincodeVersion,
    sequence: z.int().min(1),
    /** How many of the endorsing organizations must endorse. */
    endorsements: z.int().min(1),
    command: z.array(z.string()).min(1),
  }),
  /** What each accepted command costs its submitter from a time on; the gateways' statements split it among the endorsers. */
  operatorsFee: z
    .array(
      z.strictObject({ since: z.iso.datetime(), currency: z.string().regex(/^[A-Z]{3}$/), perCommandMinor: minor }),
    )
    .default([]),
  /** What of a document makes a person's identity, for every attestor alike; the gateway knows the schemes. */
  identityPolicy: z.looseObject({ scheme: name }).optional(),
  organizations: z.array(organizationSchema).min(1),
});

export type Topology = z.output<typeof topologySchema>;
export type OrganizationTopology = Topology['organizations'][number];
export type NodeTopology = z.output<typeof nodeSchema>;
