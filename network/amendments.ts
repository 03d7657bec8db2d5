/**
 * What was agreed since the channel's first block: the organizations that joined and the chaincode's definition, kept in the data directory.
 * The topology file says how the network began and may lie elsewhere; with this it says what the network is, so that `up` brings back all of it.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readJson, writeJson, type DataDirectory } from './data-directory.js';
import { NetworkError } from './errors.js';
import { checkTopology, endorsingOrganizations } from './topology-rules.js';
import { organizationSchema, type OrganizationTopology, type Topology } from './topology.js';

const releaseSchema = z.object({ version: z.string(), sequence: z.int() });
/** A version of the chaincode and the number of the definition that names it. */
export type Release = z.output<typeof releaseSchema>;

const amendmentsSchema = z.object({
  organizations: z.array(
    z.object({
      organization: organizationSchema,
      /** Until the chaincode's definition counts it, `up` leaves it alone and `join` goes on with it. */
      joined: z.boolean(),
    }),
  ),
  /** Holds as long as the topology says what it said then: who raises the version there means that one. */
  chaincode: z.object({ agreed: releaseSchema, insteadOf: releaseSchema }).optional(),
});
type Amendments = z.output<typeof amendmentsSchema>;

export function readAmendments({ amendmentsFile }: DataDirectory): Amendments {
  return amendmentsSchema.parse(readJson(amendmentsFile) ?? { organizations: [] });
}

/** @throws NetworkError as checkTopology does */
export function amend(founding: Topology, { organizations, chaincode }: Amendments): Topology {
  const joined = organizations.filter((each) => each.joined).map(({ organization }) => organization);
  const topology = joined.reduce(withOrganization, founding);
  if (!chaincode || !isDeepStrictEqual(releaseOf(founding), chaincode.insteadOf)) return topology;
  return { ...topology, chaincode: { ...topology.chaincode, ...chaincode.agreed } };
}

/**
 * The topology with one more organization. From then on at least a majority of those that endorse must: with half of them two separate halves
 * could vouch for different things. The same holds of the committee's nodes.
 */
export function withOrganization(topology: Topology, newcomer: OrganizationTopology): Topology {
  const organizations = [...topology.organizations, newcomer];
  const extended = { ...topology, organizations };
  const nodes = organizations.flatMap(({ committeeNodes }) => committeeNodes);
  const endorsements = Math.max(topology.chaincode.endorsements, majorityOf(endorsingOrganizations(extended)));
  const threshold = Math.max(topology.committee.threshold, majorityOf(nodes));
  const result = { ...extended, chaincode: { ...topology.chaincode, endorsements }, committee: { threshold } };
  checkTopology(result);
  return result;
}

const majorityOf = (all: readonly unknown[]): number => Math.floor(all.length / 2) + 1;

/**
 * Remembers who is about to join. What the channel and the certificates say of it can't be changed by describing it otherwise half-way.
 * @throws NetworkError TOPOLOGY_CHANGED
 */
export function recordNewcomer(directory: DataDirectory, newcomer: OrganizationTopology): void {
  const amendments = readAmendments(directory);
  const known = amendments.organizations.find(({ organization }) => organization.name === newcomer.name);
  if (!known) {
    const organizations = [...amendments.organizations, { organization: newcomer, joined: false }];
    writeJson(directory.amendmentsFile, { ...amendments, organizations });
  } else if (!isDeepStrictEqual(known.organization, newcomer)) {
    const message = `${newcomer.name} began to join with another description: restore that one, it is in ${directory.amendmentsFile}`;
    throw new NetworkError('TOPOLOGY_CHANGED', message);
  }
}

/** Remembers what everybody has approved. @param joined name of the organization that the definition counts from now on */
export function recordAgreement(directory: DataDirectory, founding: Topology, agreed: Release, joined?: string): void {
  const { organizations } = readAmendments(directory);
  writeJson(directory.amendmentsFile, {
    organizations: organizations.map((each) => (each.organization.name === joined ? { ...each, joined: true } : each)),
    chaincode: { agreed, insteadOf: releaseOf(founding) },
  });
}

const releaseOf = ({ chaincode: { version, sequence } }: Topology): Release => ({ version, sequence });
