/**
 * Writing to the ledger. Whether a command took effect is never believed from here: a node looks at the ledger afterwards and submits again what is still
 * missing. So nothing is retried in here, and a conflict is an outcome like any other.
 */
import { SUBMIT, type Outcome } from '../../chaincode/domain/batch.js';
import { StatusCode } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import { NodeError } from '../errors.js';
import type { Peer } from './peers.js';

export type Command = Readonly<Record<string, unknown> & { kind: string }>;

export interface Submitted {
  /** Fabric's TxValidationCode by name; `VALID` if the writes were applied. */
  readonly code: string;
  readonly outcomes: readonly Outcome[];
}

export interface Submitter {
  /** @throws {NodeError} LEDGER_UNAVAILABLE where no peer took it, or its fate is unknown */
  submit(commands: readonly Command[]): Promise<Submitted>;
}

export class PeerSubmitter implements Submitter {
  readonly #peers: readonly Peer[];
  readonly #chaincode: string;

  constructor({ peers, chaincode }: { readonly peers: readonly Peer[]; readonly chaincode: string }) {
    this.#peers = peers;
    this.#chaincode = chaincode;
  }

  async submit(commands: readonly Command[]): Promise<Submitted> {
    let cause: unknown;
    for (const peer of this.#peers) {
      try {
        return await this.#through(peer, JSON.stringify({ commands }));
      } catch (error) {
        cause = error;
      }
    }
    throw new NodeError('LEDGER_UNAVAILABLE', {}, { cause });
  }

  async #through({ network }: Peer, batch: string): Promise<Submitted> {
    const proposal = network.getContract(this.#chaincode).newProposal(SUBMIT, { arguments: [batch] });
    const transaction = await proposal.endorse();
    const outcomes = outcomesIn(transaction.getResult());
    // A transaction that changes nothing is not worth a block.
    if (outcomes.every(({ accepted }) => !accepted)) return { code: 'NOT_SENT', outcomes };
    const commit = await transaction.submit();
    const { code } = await commit.getStatus();
    return { code: NAMES.get(code) ?? `CODE_${code}`, outcomes };
  }
}

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(StatusCode).map(([name, code]) => [code, name]));

const outcomesSchema = z.strictObject({
  outcomes: z.array(
    z.union([
      z.looseObject({ accepted: z.literal(true), receipt: z.looseObject({ tx: z.string() }) }),
      z.looseObject({ accepted: z.literal(false), code: z.string() }),
    ]),
  ),
});

function outcomesIn(result: Uint8Array): readonly Outcome[] {
  const { outcomes } = outcomesSchema.parse(JSON.parse(Buffer.from(result).toString('utf8')));
  return outcomes as readonly unknown[] as readonly Outcome[];
}
