/**
 * A node's message in a key generation. The ledger is the channel that all nodes hear alike: it takes a message once, verified, in its round; whoever replays
 * its records comes to the same key.
 */
import { z } from 'zod';
import { post, type Board } from '../../crypto/generation/board.js';
import { thumbprintOf } from '../../crypto/jwk.js';
import { requireCurrent } from '../authority.js';
import { eventOfKey, messageKey, sharedKeyKey } from '../committee-keys.js';
import type { GenerationRecord, MessageRecord } from '../committee-records.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { boardAtEnd, boardFrom } from '../key-generation/board.js';
import { isOutOfUse, recordsOfUse } from '../key-generation/retirement.js';
import { keysOfView, requirePosted, slotOf, viewFor, type View } from '../key-generation/slots.js';
import { commandKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { refusingFaults } from '../refuse-fault.js';
import { require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement, requireSignature, type Statement } from '../statements.js';

const posting = z.strictObject({
  kind: z.literal('key.post'),
  /** How many places the generation has: so that what the message is judged by can be loaded. */
  nodes: z.int().min(1).max(MAX_COMMITTEE_NODES),
  statement: compactJws,
});

type KeyMessage = Statement<'key-message'>;

export const prepareKeyPost: Prepare = (raw) => {
  const command = parseWith(posting, raw, '');
  const statement = decodeStatement('key-message', command.statement, 'statement');
  const { jti, key, generation, message } = statement.payload;
  const event = eventOfKey(key);
  const view = viewFor({ key, generation, nodes: command.nodes }, message);
  const slot = slotOf(message);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: [...keysOfView(view), ...recordsOfUse(key)],
    writes: [messageKey(key, generation, slot)],
    decide(state, context) {
      requireCurrent(statement, undefined, context);
      const posted = requirePosted(state, view);
      requireNode(statement, posted.record);
      requireInUse(state, view, statement, context);
      const { outcome } = posted.record;
      const board = outcome ? boardAtEnd(posted, outcome) : boardFrom(posted);
      const after = refusingFaults('statement.message', () => post(board, message));
      const record = recordOf(statement, after, command.statement, context);
      state.put(messageKey(key, generation, slot), record);
      const named = (record.rulings ?? []).map(({ guilty, index, code }) => `${guilty} ${index} ${code}`);
      return { result: { key, generation, ...slot, ...(named.length > 0 && { named }) } };
    },
  };
};

/** Signed by the very node whose index the message has. */
function requireNode(statement: KeyMessage, { recipients, dealers = recipients }: GenerationRecord): void {
  const { message } = statement.payload;
  const { index } = slotOf(message);
  const jwk = ('dealer' in message ? dealers : recipients)[index - 1];
  const known = jwk !== undefined && thumbprintOf(jwk) === statement.signer;
  require(known, 'UNKNOWN_KEY', { field: 'statement.header.kid', index });
  requireSignature(statement, jwk);
}

/** The newest generation goes on; a share is destroyed when nobody needs it any more. */
function requireInUse(state: State, { key, generation }: View, { payload }: KeyMessage, context: Context): void {
  const newest = state.get(sharedKeyKey(key))?.generation ?? 0;
  if (payload.message.kind === 'destroyed') {
    require(isOutOfUse(state, key, generation, context), 'KEY_NEEDED', { field: 'statement.generation' });
    return;
  }
  require(generation === newest, 'STALE_GENERATION', { field: 'statement.generation', newest });
}

function recordOf(
  { payload: { message }, digest }: KeyMessage,
  board: Board,
  statement: string,
  { nowSeconds }: Context,
): MessageRecord {
  const rulings = message.kind === 'verdict' ? board.verdicts[message.recipient] : undefined;
  return {
    message,
    digest,
    at: nowSeconds,
    ...(rulings && { rulings }),
    ...(message.kind === 'ready' && { statement }),
  };
}
