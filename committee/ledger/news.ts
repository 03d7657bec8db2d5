/**
 * News: which kinds of commands a block has brought, so that a node looks when there is something to see. Nothing here is believed: a peer that tells too
 * much or too little costs time, for the node looks by itself every few seconds too.
 */
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Peer } from './peers.js';

export interface NewsOptions {
  readonly peers: readonly Pick<Peer, 'network' | 'address'>[];
  readonly chaincode: string;
  readonly clock: Clock;
  /** @param event undefined for a command that concerns the consortium */
  readonly onNews: (kind: string, event: string | undefined) => void;
  readonly onLost: (address: string, cause: unknown) => void;
}

/** [kind, event or null, memory] of each command: the transaction's one chaincode event. */
const factsSchema = z.array(z.tuple([z.string(), z.string().nullable(), z.string()]));
const PAUSE_MS = 1_000;

/** Follows one peer after another until it is told to stop. */
export async function followNews({ peers, chaincode, clock, onNews, onLost }: NewsOptions, signal: AbortSignal) {
  const isOver = () => signal.aborted;
  for (let turn = 0; !isOver(); turn += 1) {
    const peer = peers[turn % peers.length];
    if (!peer) return;
    try {
      const events = await peer.network.getChaincodeEvents(chaincode);
      const close = () => events.close();
      signal.addEventListener('abort', close);
      try {
        for await (const { payload } of events) {
          for (const [kind, event] of factsIn(payload)) onNews(kind, event ?? undefined);
        }
      } finally {
        signal.removeEventListener('abort', close);
        events.close();
      }
    } catch (cause) {
      if (!isOver()) onLost(peer.address, cause);
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}

const factsIn = (payload: Uint8Array) => factsSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
