/** A registration's second half: the signatures of t nodes, each checked against what it should say and the node's pinned key. */
import { askNodes, type Asked } from '../client/ask-nodes.js';
import { NodeRefusal } from '../client/node-failure.js';
import type { CommitteeMember } from '../client/pinned.js';
import type { Attempt } from './attempt.js';
import { thumbprintOfHeld } from './binding.js';
import { requireSigned } from '../client/require-signed.js';
import type { HeldKey } from './state.js';
import type { Shown, SignedBy } from './subject.js';

export interface ToSign {
  readonly id: string;
  readonly held: HeldKey;
  readonly shown: Shown;
}

/** How long to wait for a node whose peer does not show the person yet. */
export interface Patience {
  readonly attempts: number;
  readonly pauseMs: number;
}

/** @param patience to have a receipt too, which a node gives once its own peer shows the person @throws {ClientError} NODES_TOO_FEW */
export function collect(attempt: Attempt, toSign: ToSign, patience?: Patience): Promise<Asked<SignedBy>> {
  const { services, key, seats } = attempt;
  const members = new Map(seats.map(({ client, member }) => [client, member]));
  return askNodes<SignedBy>({
    nodes: seats.map(({ client }) => client),
    needed: key.threshold,
    timeoutMs: services.timeoutMs,
    async ask(node, signal) {
      const { subject, blinded } = attempt;
      const by = members.get(node);
      if (!by) throw new Error('asked a node without a seat');
      const { attempts, pauseMs } = patience ?? { attempts: 1, pauseMs: 0 };
      for (let tried = 1; tried <= attempts && !signal.aborted; tried++) {
        const signed = await subject.sign(node, blinded.signed.handle, toSign.shown, signal);
        await requireSignatures(attempt, toSign, by, signed);
        if (!patience || signed.extra !== undefined) return signed;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      throw new NodeRefusal('NOT_ON_LEDGER_YET');
    },
  });
}

async function requireSignatures(
  attempt: Attempt,
  { id, held }: ToSign,
  by: CommitteeMember,
  { statement, extra }: SignedBy,
): Promise<void> {
  const { subject, blinded, services, key } = attempt;
  const { channel } = services;
  const common = { by, nowMs: services.now() };
  const bound = { channel, key: thumbprintOfHeld(held), sequence: held.sequence };
  const members = subject.stated(id, key.committee.epoch);
  await requireSigned(statement, { ...common, name: subject.statement, members: { ...bound, ...members } });
  if (extra === undefined) return;
  await requireSigned(extra, {
    ...common,
    name: subject.extra,
    members: { channel, ...subject.attested(id, blinded) },
  });
}
