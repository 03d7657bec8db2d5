/**
 * The chaincode's definition as the ledger has it: how many of which organizations must endorse. Organizations join while we run and the definition
 * is where they begin to count, so it is read again from time to time, and at once when somebody's endorsements were too few. Only our own
 * organization's peer is asked: another's could make us submit what its organization alone has endorsed.
 */
import { peer } from '@hyperledger/fabric-protos';
import { GatewayError } from '../errors.js';
import type { Clock, Report } from './clock.js';
import type { Connection } from './connection.js';
import { plainPolicyIn, type EndorsementPolicy } from './endorsement-policy.js';
import type { FabricProfile } from './profile.js';
import { evaluateAt } from './queries.js';
import { LIFECYCLE } from './write-sets.js';

/** One organization's word is never enough. */
const LEAST_NEEDED = 2;

/**
 * @returns undefined for a definition that asks for something else than so many of these
 * @throws {Error} if our own peer does not answer; {GatewayError} LEDGER_DISAGREES for a definition that may not be followed
 */
export async function readDefinition(connection: Connection): Promise<EndorsementPolicy | undefined> {
  const { endpoints, profile } = connection;
  const own = endpoints.find(({ mspId }) => mspId === profile.mspId);
  if (!own) throw new GatewayError('LEDGER_UNAVAILABLE', { field: 'profile.endpoints' });
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(profile.chaincode);
  const query = {
    chaincode: LIFECYCLE,
    transaction: 'QueryChaincodeDefinition',
    arguments: [args.serializeBinary()],
  };
  const answer = await evaluateAt(own, query, [profile.mspId]);
  const result = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(answer);
  const policy = plainPolicyIn(result.getValidationParameter_asU8());
  if (policy) requireSound(policy, profile);
  return policy;
}

/** Only a network with a single endorsing organization may do with one. A definition without us is another network's or a mistake. */
function requireSound({ needed, organizations }: EndorsementPolicy, { mspId, endorsingOrganizations }: FabricProfile) {
  const least = Math.min(LEAST_NEEDED, endorsingOrganizations.length);
  if (needed < least) throw new GatewayError('LEDGER_DISAGREES', { field: 'definition.needed', needed, least });
  if (!organizations.includes(mspId)) {
    throw new GatewayError('LEDGER_DISAGREES', { field: 'definition.organizations', missing: mspId });
  }
}

export interface DefinitionOptions {
  readonly read: () => Promise<EndorsementPolicy | undefined>;
  /** Called when it has changed, and the first time. */
  readonly changed: (policy: EndorsementPolicy) => void;
  readonly clock: Clock;
  readonly report: Report;
  readonly everyMs?: number;
}

/** Keeps up with the definition. */
export class Definition {
  readonly #options: DefinitionOptions;
  #known: string | undefined;
  #looking: Promise<void> | undefined;
  #stop: (() => void) | undefined;
  #closed = false;

  constructor(options: DefinitionOptions) {
    this.#options = options;
  }

  start(): void {
    void this.look();
  }

  /** Looks once for all who ask meanwhile; never rejects. */
  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
  }

  /** Whatever a look under way comes to is nobody's concern any more. */
  close(): void {
    this.#closed = true;
    this.#stop?.();
  }

  async #look(): Promise<void> {
    const { read, changed, clock, report, everyMs = 10_000 } = this.#options;
    this.#stop?.();
    try {
      const policy = await read();
      if (this.#isClosed()) return;
      const text = JSON.stringify(policy);
      if (policy && text !== this.#known) changed(policy);
      this.#known = text;
    } catch (cause) {
      // What was known goes on to hold.
      if (!this.#isClosed()) report('warning', 'the chaincode definition is not taken up', { cause });
    }
    if (!this.#isClosed()) this.#stop = clock.after(everyMs, () => void this.look());
  }

  /** A method, because others close it while a look waits. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
