/**
 * The chaincode's definition as the ledger has it: how many of which organizations must endorse. Organizations join while we run and the definition
 * is where they begin to count, so it is read again from time to time, and at once when somebody's endorsements were too few.
 */
import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { Clock, Report } from './clock.js';
import type { Connection } from './connection.js';
import { evaluate } from './queries.js';

/** So many of these organizations. */
export interface EndorsementRule {
  readonly needed: number;
  readonly organizations: readonly string[];
}

/**
 * @returns undefined for a definition that asks for something else than so many of these
 * @throws {Error} if no peer answers
 */
export async function readEndorsementRule(connection: Connection): Promise<EndorsementRule | undefined> {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(connection.profile.chaincode);
  const query = {
    chaincode: '_lifecycle',
    transaction: 'QueryChaincodeDefinition',
    arguments: [args.serializeBinary()],
  };
  const result = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(await evaluate(connection, query));
  return ruleIn(peer.ApplicationPolicy.deserializeBinary(result.getValidationParameter_asU8()));
}

/** An n-out-of over peers of organizations, each once: as our network writes it (network/endorsement-policy.ts). */
export function ruleIn(policy: peer.ApplicationPolicy): EndorsementRule | undefined {
  const envelope = policy.getSignaturePolicy();
  const outOf = envelope?.getRule()?.getNOutOf();
  const signers = outOf?.getRulesList() ?? [];
  const identities = envelope?.getIdentitiesList() ?? [];
  const isPlain = signers.length === identities.length && signers.every((each, index) => isSignedBy(each, index));
  if (!outOf || !isPlain) return undefined;
  const organizations = identities.map((principal) =>
    msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier(),
  );
  return { needed: outOf.getN(), organizations };
}

const isSignedBy = (rule: common.SignaturePolicy, index: number): boolean =>
  rule.getTypeCase() === common.SignaturePolicy.TypeCase.SIGNED_BY && rule.getSignedBy() === index;

export interface DefinitionOptions {
  readonly read: () => Promise<EndorsementRule | undefined>;
  /** Called when it has changed, and the first time. */
  readonly changed: (rule: EndorsementRule) => void;
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
      const rule = await read();
      if (this.#isClosed()) return;
      const text = JSON.stringify(rule);
      if (rule && text !== this.#known) changed(rule);
      this.#known = text;
    } catch (cause) {
      // What was known goes on to hold.
      if (!this.#isClosed()) report('warning', 'the chaincode definition could not be read', { cause });
    }
    if (!this.#isClosed()) this.#stop = clock.after(everyMs, () => void this.look());
  }

  /** A method, because others close it while a look waits. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
