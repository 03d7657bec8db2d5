/** Makes a sale of a request and seats, and brings both to the ledger. */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { paymentKey } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord, CommandRecord } from '../../chaincode/domain/records.js';
import { decodeStatement, type Payload, type Statement } from '../../chaincode/domain/statements.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import type { Records } from '../http/ports.js';
import type { KeyRing } from '../signer/key-ring.js';
import { signOne, type SigningKeys } from '../signer/signing-keys.js';
import { composeSale } from './compose-sale.js';

export interface SaleMakerOptions {
  readonly submitter: Submitter;
  readonly records: Pick<Records, 'read'>;
  readonly signer: SigningKeys;
  readonly keyRing: KeyRing;
}

export type Request = Statement<'purchase'>;

/** A sale that is on the ledger. */
export interface Sold {
  readonly committed: Committed;
  /** The sale as accepted; undefined for a replay of which only the ledger has it. */
  readonly sale: Payload<'sale'> | undefined;
}

/** A sale to be submitted, and what it says: whoever made or read it knows, and it is not decoded again. */
export interface SignedSale {
  readonly jws: string;
  readonly payload: Payload<'sale'>;
}

export const readSale = (jws: string): SignedSale => ({ jws, payload: decodeStatement('sale', jws, 'sale').payload });

export class SaleMaker {
  readonly #options: SaleMakerOptions;

  constructor(options: SaleMakerOptions) {
    this.#options = options;
  }

  /** Signs with the seller's key. */
  async compose(request: Request, allotment: AllotmentRecord, seats: readonly string[]): Promise<SignedSale> {
    const { signer, keyRing } = this.#options;
    const payload = composeSale(request, allotment, seats);
    const { jws } = await signOne(signer, { kid: await keyRing.keyFor('seller'), name: 'sale', payload });
    return { jws, payload };
  }

  async submit(request: string, { jws: sale, payload }: SignedSale): Promise<Sold> {
    const committed = await this.#options.submitter.submit({ kind: 'ticket.sell', request, sale });
    return { committed, sale: committed.replayed ? undefined : payload };
  }

  /** Nothing can be offered; but if this very request was sold before, the answer is its receipt and not that nothing is left. */
  async alreadySold(request: Request, otherwise: () => never): Promise<Sold> {
    const [remembered] = await this.#options.records.read([memoryOf(request)]);
    const sold = replayOf(request, remembered);
    return sold ? toSigner(request, sold) : otherwise();
  }
}

/** Who sends his request again is told what became of it, and nobody who sends what looks like it. @throws {Refusal} SIGNATURE_INVALID */
export function toSigner(request: Request, sold: Sold): Sold {
  requireHolderSignature(request);
  return sold;
}

/** Where the ledger remembers what became of a request. */
export const memoryOf = ({ payload: { event, seller, paymentReference } }: Request) =>
  paymentKey(event, seller, paymentReference);

/** @returns the receipt of this very request, if the ledger remembers it */
export function replayOf({ digest }: Request, remembered: CommandRecord | undefined): Sold | undefined {
  if (remembered?.digest !== digest) return undefined;
  const receipt = { tx: remembered.tx, ...remembered.result };
  return { committed: { receipt, replayed: true, block: undefined }, sale: undefined };
}
