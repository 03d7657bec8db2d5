/**
 * The keys that committee nodes hold shares of: begun by an organization for the committee that is appointed, ended by whoever sees that a round is over.
 * The consortium's dedup key lives on and moves from committee to committee; an event's key lives as long as the event needs it, a market's until it is
 * revealed, both with the committee that made them.
 */
import { z } from 'zod';
import type { Generation } from '../../crypto/generation/generation.js';
import { requireCaller, requireEvent } from '../authority.js';
import { DEDUP, generationKey, sharedKeyKey } from '../committee-keys.js';
import type { KeyRecord, UsableKey } from '../committee-records.js';
import { eventId, marketNumber } from '../ids.js';
import { requireKeyName } from '../key-generation/names.js';
import { recordsOfUse } from '../key-generation/retirement.js';
import { currentCommitteeKey, organizationKey } from '../keys.js';
import { requireMarket } from '../market/standing.js';
import { requireCredentials } from '../policy/enforce.js';
import type { CommitteeRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Context, type Prepare } from '../rule.js';
import type { State } from '../state.js';

const generation = z.strictObject({
  kind: z.literal('key.generate'),
  id,
  /** Without it, the dedup key. */
  event: eventId.optional(),
  /** Without it, the event's own key. */
  market: marketNumber.optional(),
  /** The next: so that two who begin at once begin one. */
  generation: z.int().min(1),
});

export const prepareKeyGeneration: Prepare = (raw, callerMsp) =>
  prepareUnsigned(generation, raw, callerMsp, ({ event, market, generation }) => {
    const name = requireKeyName(event, market);
    return {
      reads: [currentCommitteeKey, organizationKey(callerMsp), ...recordsOfUse(name)],
      writes: [sharedKeyKey(name), generationKey(name, generation)],
      decide(state, context) {
        requireCaller(state, context, callerMsp, 'committee', 'admin');
        if (event !== undefined) requireEventToCome(state, event, context);
        if (event !== undefined && market !== undefined) requireMarket(state, event, market, 'open');
        const committee = state.get(currentCommitteeKey);
        if (!committee) return refuse('NO_COMMITTEE', { field: 'kind' });
        const before = state.get(sharedKeyKey(name));
        const expected = (before?.generation ?? 0) + 1;
        require(generation === expected, 'STALE_GENERATION', { field: 'generation', expected });
        const due = isDue(before, name, committee);
        require(due, 'KEY_EXISTS', { field: 'generation', state: before?.state ?? '', epoch: before?.epoch ?? 0 });
        const epoch = begin(state, { name, generation, committee, key: before?.key }, context);
        return { result: { key: name, generation, epoch } };
      },
    };
  });

function requireEventToCome(state: State, event: string, { now }: Context): void {
  const record = requireEvent(state, event);
  requireCredentials(record);
  const { endsAt } = record.schedule;
  require(now < endsAt, 'EVENT_ENDED', { field: 'schedule.endsAt', endsAt });
}

/** For the first time, again after a failure, to a newer committee, or to those of the key's own committee who were away: credentials and orders hang on the other keys. */
function isDue(before: KeyRecord | undefined, name: string, { epoch }: CommitteeRecord): boolean {
  if (!before) return true;
  if (before.state === 'generating' || before.state === 'destroyed') return false;
  if (before.key === undefined) return true;
  return name === DEDUP ? epoch > before.key.epoch : holdersOf(before.key) < before.key.nodes.length;
}

const holdersOf = ({ publicShares }: UsableKey): number => Object.keys(publicShares).length;

interface Beginning {
  readonly name: string;
  readonly generation: number;
  readonly committee: CommitteeRecord;
  /** As it is held until now. */
  readonly key: UsableKey | undefined;
}

/** Credentials and orders hang on the keys of events and markets, so those stay with their committee. */
function termsOf({ name, committee, key }: Beginning) {
  if (name !== DEDUP && key) {
    const { epoch, threshold, nodes } = key;
    return { epoch, threshold, nodes, recipients: holdersOf(key) + 1 };
  }
  const { epoch, threshold, members } = committee;
  return { epoch, threshold, nodes: members.map(({ jwk }) => jwk), recipients: undefined };
}

function begin(state: State, beginning: Beginning, context: Context): number {
  const { name, generation: number, key } = beginning;
  const { epoch, threshold, nodes, recipients } = termsOf(beginning);
  const generation: Generation = {
    channel: context.channel,
    keyId: `${name}/${number}`,
    epoch,
    threshold,
    nodes: nodes.length,
    ...(key && { from: { threshold: key.threshold, groupKey: key.groupKey, publicShares: key.publicShares } }),
    ...(recipients !== undefined && { recipients }),
  };
  state.put(generationKey(name, number), {
    generation,
    startedAt: context.nowSeconds,
    recipients: nodes,
    ...(key && { dealers: key.nodes }),
  });
  state.put(sharedKeyKey(name), { generation: number, epoch, threshold, state: 'generating', ...(key && { key }) });
  return epoch;
}
