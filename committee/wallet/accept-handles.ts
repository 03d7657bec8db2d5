/**
 * A desk's answer, before the wallet believes it: who is named as attestor decides which nodes may see a handle, so a desk that names another organization
 * would have its own node asked, and one with a second key could mark whom it has seen.
 */
import { expectThat } from '../client/client-error.js';
import { decodeMessage, type MessagePayload } from '../messages/index.js';
import type { WalletServices } from './services.js';
import type { BlindedState } from './state.js';

/**
 * Takes what an attestor has signed, all or none.
 * @throws {ClientError | Refusal} HANDLE_MISMATCH for what the wallet did not ask for, or not this desk, or under several keys; MALFORMED_STATEMENT, …
 */
export async function acceptHandles(handles: readonly string[], services: WalletServices): Promise<void> {
  const signers = new Set<string>();
  const signed = new Map<string, NonNullable<BlindedState['signed']>>();
  for (const [at, handle] of handles.entries()) {
    const { payload, signer } = decodeMessage('handle', handle, `handles[${at}]`);
    signers.add(signer);
    const asked = services.store.state.blinded.find(({ blinded }) => blinded === payload.blinded);
    const due = payload.channel === services.channel && payload.exp * 1000 > services.now();
    expectThat(due && asked !== undefined && isFor(asked, payload), 'HANDLE_MISMATCH', `handles[${at}]`);
    expectThat(payload.attestor === asked.desk, 'HANDLE_MISMATCH', `handles[${at}].attestor`);
    expectThat(signers.size === 1, 'HANDLE_MISMATCH', `handles[${at}].header.kid`);
    signed.set(payload.blinded, { handle, attestor: payload.attestor, exp: payload.exp });
  }
  await services.store.update((state) => ({
    ...state,
    // Receipts are for the master handle of before; an answer that comes twice brings no other.
    receipts: state.blinded.some((each) => isNewMaster(each, signed)) ? [] : state.receipts,
    blinded: state.blinded.map((each) => {
      const by = signed.get(each.blinded);
      return by && !each.signed ? { ...each, signed: by } : each;
    }),
  }));
}

const isNewMaster = ({ kind, blinded, signed: before }: BlindedState, signed: ReadonlyMap<string, unknown>): boolean =>
  kind === 'master' && before === undefined && signed.has(blinded);

const isFor = ({ kind, blindingKey, commitment }: BlindedState, payload: MessagePayload<'handle'>): boolean =>
  kind === payload.kind && blindingKey === payload.blindingKey && commitment === payload.commitment;
