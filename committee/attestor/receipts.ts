/** Whether t nodes say that the person of a master handle is on the ledger. They don't say as which one, so an attestor learns no pseudonym. */
import { expectThat } from '../client/client-error.js';
import { seatOfKey, type PinnedCommittee, type Seat } from '../client/pinned.js';
import { hasSigned } from '../client/verify-message.js';
import { decodeMessage, type Opening } from '../messages/index.js';

export interface ReceiptsOptions {
  readonly channel: string;
  readonly pinned: readonly PinnedCommittee[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** @throws {ClientError | Refusal} RECEIPT_INVALID naming the one, RECEIPTS_TOO_FEW for fewer than t nodes of one committee, MALFORMED_STATEMENT, … */
export async function requireReceipts(
  receipts: readonly string[],
  { blinded, blindingKey }: Opening,
  options: ReceiptsOptions,
): Promise<void> {
  const signers = new Set<string>();
  for (const [at, compact] of receipts.entries()) {
    const field = `receipts[${at}]`;
    const receipt = decodeMessage('receipt', compact, field);
    const { payload } = receipt;
    const current = payload.channel === options.channel && payload.exp * 1000 > options.now();
    expectThat(current && payload.blinded === blinded && payload.blindingKey === blindingKey, 'RECEIPT_INVALID', field);
    const jwk = options.pinned.flatMap((committee) => seatOfKey(committee, receipt.signer)?.member.jwk ?? [])[0];
    expectThat(jwk !== undefined && (await hasSigned(jwk, receipt)), 'RECEIPT_INVALID', field);
    signers.add(receipt.signer);
  }
  const enough = options.pinned.some((committee) => seated(committee, signers).length >= committee.threshold);
  expectThat(enough, 'RECEIPTS_TOO_FEW', 'receipts');
}

const seated = (committee: PinnedCommittee, signers: ReadonlySet<string>): Seat[] =>
  [...signers].flatMap((kid) => seatOfKey(committee, kid) ?? []);
