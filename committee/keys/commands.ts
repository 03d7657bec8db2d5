/** What a node submits for its keys. */
import { ownerOfKey, type KeyOwner } from '../../chaincode/domain/committee-keys.js';
import { slotsOf } from '../../chaincode/domain/key-generation/slots.js';
import type { Posted } from '../../chaincode/domain/key-generation/board.js';
import type { Command } from '../ledger/submitter.js';
import { newId, ownClaims } from '../node/claims.js';
import type { Outgoing } from '../protocol/index.js';
import type { KeyName } from '../storage/share-store.js';
import type { SigningKey } from '../storage/signing-key.js';

export interface CommandsOptions {
  readonly channel: string;
  readonly signer: Pick<SigningKey, 'sign'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

function ofOwner(name: string): KeyOwner {
  const { event, market } = ownerOfKey(name);
  return { ...(event !== undefined && { event }), ...(market !== undefined && { market }) };
}

/** The same for all tries of one generation: asked twice it begins once. An event's commands are remembered together, those of its markets too. */
export function generateCommand(owner: string, generation: number): Command {
  const of = ofOwner(owner);
  const id = of.market === undefined ? `generate-${generation}` : `generate-m${of.market}-${generation}`;
  return { kind: 'key.generate', id, ...of, generation };
}

/** Ends a round; or the key, where it is usable no more. */
export const advanceCommand = ({ owner, generation }: KeyName, { record }: Posted): Command => ({
  kind: 'key.advance',
  id: newId(),
  ...ofOwner(owner),
  generation,
  nodes: slotsOf(record),
});

export function commandFor(
  name: KeyName,
  outgoing: Outgoing,
  posted: Posted,
  { channel, signer, now }: CommandsOptions,
): Command {
  if (outgoing.kind === 'advance') return advanceCommand(name, posted);
  const { owner, generation } = name;
  const payload = { ...ownClaims(channel, now()), key: owner, generation, message: outgoing };
  return { kind: 'key.post', nodes: slotsOf(posted.record), statement: signer.sign('key-message', payload) };
}
