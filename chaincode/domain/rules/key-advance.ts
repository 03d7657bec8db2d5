/** The end of a round that silent nodes hold up, and what comes of a generation: a usable key, a failure, or one day too few shares. */
import { z } from 'zod';
import type { Board } from '../../crypto/generation/board.js';
import { advance, awaitedBy } from '../../crypto/generation/rounds.js';
import { requireCaller } from '../authority.js';
import { closedKey, generationKey, sharedKeyKey } from '../committee-keys.js';
import type { KeyRecord, UsableKey } from '../committee-records.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { eventId, marketNumber } from '../ids.js';
import { boardFrom, ROUNDS, type ClosableRound, type Posted } from '../key-generation/board.js';
import { deadlineOf } from '../key-generation/deadlines.js';
import { requireKeyName } from '../key-generation/names.js';
import { isTooLate, recordsOfUse } from '../key-generation/retirement.js';
import { keysOfView, requirePosted, viewOfAll, type View } from '../key-generation/slots.js';
import { organizationKey } from '../keys.js';
import { refusingFaults } from '../refuse-fault.js';
import { require } from '../refusal.js';
import { id, prepareUnsigned, type Context, type Judgement, type Prepare } from '../rule.js';
import type { State } from '../state.js';

const ending = z.strictObject({
  kind: z.literal('key.advance'),
  id,
  event: eventId.optional(),
  market: marketNumber.optional(),
  generation: z.int().min(1),
  nodes: z.int().min(1).max(MAX_COMMITTEE_NODES),
});

/** Any organization may record that a deadline has passed, so that no single one can stall it. */
export const prepareKeyAdvance: Prepare = (raw, callerMsp) =>
  prepareUnsigned(ending, raw, callerMsp, ({ event, market, generation, nodes }) => {
    const key = requireKeyName(event, market);
    const view = viewOfAll({ key, generation, nodes });
    return {
      reads: [organizationKey(callerMsp), ...recordsOfUse(key), ...keysOfView(view)],
      writes: [
        sharedKeyKey(key),
        generationKey(key, generation),
        ...ROUNDS.map((round) => closedKey(key, generation, round)),
      ],
      decide(state, context) {
        requireCaller(state, context, callerMsp, 'box-office', 'committee', 'admin');
        const posted = requirePosted(state, view);
        const record = state.get(sharedKeyKey(key));
        // Also where a later one failed or came too late.
        if (record?.key?.generation === generation) return endKey(state, { view, posted, record }, record.key);
        require(record?.generation === generation, 'STALE_GENERATION', {
          field: 'generation',
          newest: record?.generation ?? 0,
        });
        require(record.state === 'generating', 'NOTHING_DUE', { field: 'generation', state: record.state });
        if (isTooLate(state, key)) return giveUp(state, key, record);
        return endRound(state, { view, posted, record }, context);
      },
    };
  });

interface Case {
  readonly view: View;
  readonly posted: Posted;
  readonly record: KeyRecord;
}

/** The market has closed meanwhile, or came to nothing: what was made before is its key. */
function giveUp(state: State, name: string, record: KeyRecord): Judgement {
  const failure = 'MARKET_NOT_OPEN';
  state.put(sharedKeyKey(name), { ...record, state: 'failed', failure });
  return { result: { generation: record.generation, round: 'failed', failure } };
}

function endRound(state: State, { view, posted, record }: Case, context: Context): Judgement {
  const { key, generation } = view;
  const board = boardFrom(posted);
  // Everybody has posted, and the round came to nothing.
  if (board.round === 'failed') return conclude(state, { view, posted, record }, board);
  const round = board.round as ClosableRound;
  const passed = context.nowSeconds >= deadlineOf(posted, round);
  const after = refusingFaults('generation', () => advance(board, passed));
  const awaited = awaitedBy(board);
  state.put(closedKey(key, generation, round), { at: context.nowSeconds, awaited });
  const { result } = conclude(state, { view, posted, record }, after);
  return { result: { ...result, awaited: [...new Set([...awaited.dealers, ...awaited.recipients])] } };
}

/** Writes what the round that begins says of the key. */
function conclude(state: State, { view, posted, record }: Case, board: Board): Judgement {
  const { key: name, generation } = view;
  const { outcome, failure } = board;
  if (board.round === 'failed')
    state.put(sharedKeyKey(name), { ...record, state: 'failed', ...(failure && { failure }) });
  if (board.round === 'usable' && outcome) {
    const { epoch } = record;
    const { threshold, groupKey, publicShares } = outcome;
    const key = { threshold, groupKey, publicShares, generation, epoch, nodes: posted.record.recipients };
    state.put(generationKey(name, generation), { ...posted.record, outcome });
    state.put(sharedKeyKey(name), { ...record, state: 'usable', key });
  }
  return { result: { generation, round: board.round, ...(failure && { failure }) } };
}

/** Fewer nodes than would be needed have not stated that their share is gone. */
function endKey(state: State, { view, posted, record }: Case, key: UsableKey): Judgement {
  const { key: name, generation } = view;
  const { epoch, threshold } = record;
  const left = Object.keys(key.publicShares).length - boardFrom(posted).destroyed.length;
  require(left < key.threshold, 'NOTHING_DUE', { field: 'generation', state: record.state, left });
  state.put(sharedKeyKey(name), { generation, epoch, threshold, state: 'destroyed' });
  return { result: { generation, round: 'destroyed' } };
}
