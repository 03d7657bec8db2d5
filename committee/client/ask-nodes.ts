/**
 * Asks all nodes at once and goes on with the first t right answers. A node that lies, is slow, silent or gone is named; with t others it changes nothing.
 */
import { Fault } from '../../chaincode/crypto/fault.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { ClientError } from './client-error.js';
import type { NodeClient } from './node-client.js';
import { NodeRefusal, type NodeFailure } from './node-failure.js';

export const DEFAULT_TIMEOUT_MS = 5_000;

export interface Asked<A> {
  /** Exactly as many as were needed. */
  readonly answers: readonly A[];
  readonly failures: readonly NodeFailure[];
}

export interface Question<A> {
  readonly nodes: readonly NodeClient[];
  readonly needed: number;
  readonly timeoutMs?: number | undefined;
  /** Asks one node and checks its answer. @throws {Fault | Refusal | Lie} for an answer that no honest node gives */
  readonly ask: (node: NodeClient, signal: AbortSignal) => Promise<A>;
}

/** An answer that is well formed and not true. */
export class Lie extends Error {
  override readonly name = 'Lie';

  constructor(readonly code: string) {
    super(code);
  }
}

/** @throws {ClientError} NODES_TOO_FEW naming every node that failed */
export function askNodes<A>({ nodes, needed, timeoutMs = DEFAULT_TIMEOUT_MS, ask }: Question<A>): Promise<Asked<A>> {
  const answers: A[] = [];
  const failures: NodeFailure[] = [];
  /** Of nodes that are being asked again: where enough others answer meanwhile, they are named too. */
  const troubles = new Map<NodeClient, NodeFailure>();
  const settled = new AbortController();
  return new Promise((resolve, reject) => {
    const settle = () => {
      if (settled.signal.aborted) return;
      if (answers.length === needed) resolve({ answers: [...answers], failures: [...failures, ...troubles.values()] });
      else if (nodes.length - failures.length < needed)
        reject(new ClientError('NODES_TOO_FEW', { failures: [...failures] }));
      else return;
      // Whoever has not answered yet need not any more.
      settled.abort();
    };
    settle();
    for (const node of nodes)
      void askInTime(node, ask, {
        timeoutMs,
        signal: settled.signal,
        onTrouble: (failure) => troubles.set(node, failure),
      }).then((outcome) => {
        if (settled.signal.aborted) return;
        troubles.delete(node);
        if ('failure' in outcome) failures.push(outcome.failure);
        else answers.push(outcome.answer);
        settle();
      });
  });
}

interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** It failed, and is asked again. */
  readonly onTrouble: (failure: NodeFailure) => void;
}

type Outcome<A> = { readonly answer: A } | { readonly failure: NodeFailure };

async function askInTime<A>(
  node: NodeClient,
  ask: Question<A>['ask'],
  { timeoutMs, signal, onTrouble }: Patience,
): Promise<Outcome<A>> {
  const { mspId, node: name } = node;
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Failed = { reason: 'silent' };
  const failure = (): NodeFailure => ({ mspId, node: name, ...last });
  // A client that does not heed the signal must not hold up the others.
  const silence = new Promise<Outcome<A>>((resolve) => {
    timer = setTimeout(() => resolve({ failure: failure() }), timeoutMs);
  });
  const asked = async (): Promise<Outcome<A>> => {
    for (const pause of [...PAUSES, undefined]) {
      try {
        return { answer: await ask(node, controller.signal) };
      } catch (error) {
        last = failureOf(error);
      }
      if (pause === undefined || !mayPass(last)) break;
      onTrouble(failure());
      await new Promise((resolve) => setTimeout(resolve, pause * timeoutMs));
      if (controller.signal.aborted) break;
    }
    return { failure: failure() };
  };
  try {
    return await Promise.race([asked(), silence]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    controller.abort();
  }
}

/** Where the attestor's organization has a node, all others may be needed: one that is starting again is asked again. In parts of the time that it has. */
const PAUSES = [0.05, 0.2];
/** A node's own words for what may be over in a moment; it sees the ledger through a peer that may be some blocks behind. */
const PASSING: ReadonlySet<string> = new Set(['BUSY', 'LEDGER_UNAVAILABLE', 'KEY_NOT_USABLE']);

type Failed = Pick<NodeFailure, 'reason' | 'code'>;

const mayPass = ({ reason, code = '' }: Failed): boolean =>
  reason === 'unreachable' || (reason === 'refused' && PASSING.has(code));

function failureOf(error: unknown): Failed {
  if (error instanceof NodeRefusal) return { reason: 'refused', code: error.code };
  if (error instanceof Lie || error instanceof Fault || error instanceof Refusal)
    return { reason: 'lying', code: error.code };
  return { reason: 'unreachable', code: error instanceof Error ? error.name : 'Error' };
}
