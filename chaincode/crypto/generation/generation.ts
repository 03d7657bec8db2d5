/**
 * What one key generation is: for which key, of which channel and committee. The dedup key outlives its committee, so its shares can move to another
 * one (`from`): then the old nodes deal, and the group's key stays.
 */
import { dleqContext } from '../dleq.js';
import { nodeSuite } from '../node-suite.js';
import { hash, transcript } from '../transcript.js';

/** A key that nodes hold shares of, as the ledger knows it. Points are base64url. */
export interface SharedKey {
  readonly threshold: number;
  readonly groupKey: string;
  /** K_j by index. */
  readonly publicShares: Readonly<Record<number, string>>;
}

export interface Generation {
  readonly channel: string;
  readonly keyId: string;
  /** The committee's, whose nodes 1 to n get the shares. */
  readonly epoch: number;
  readonly threshold: number;
  readonly nodes: number;
  /** The key as the committee before has it, where it moves. */
  readonly from?: SharedKey;
  /** How many must take part, where a committee gets its own key again: more than had shares, so that none is given away for another. */
  readonly recipients?: number;
}

/** Who deals: all nodes of the committee, or of the one before those that hold a share. */
export function dealersOf({ nodes, from }: Generation): number[] {
  return from ? Object.keys(from.publicShares).map(Number) : indexesTo(nodes);
}

export const recipientsOf = ({ nodes }: Generation): number[] => indexesTo(nodes);

/** So many honest and complete dealings fix the key, and no fewer than the nodes that would have to collude. */
export const dealersNeeded = ({ threshold, from }: Generation): number => from?.threshold ?? threshold;

/** So many receiving keys make a generation worth dealing. */
export const recipientsNeeded = ({ threshold, recipients }: Generation): number => recipients ?? threshold;

const indexesTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** What every proof and message of a generation is bound to, 32 bytes. */
export function generationDigest(generation: Generation): Uint8Array {
  const { channel, keyId, epoch, threshold, nodes, from, recipients } = generation;
  const own = [channel, keyId, epoch, nodes, threshold];
  const old = from ? [from.groupKey, from.threshold, ...Object.entries(from.publicShares).flat()] : [];
  return hash(nodeSuite, 'generation', ...own, ...old, ...(recipients === undefined ? [] : [recipients]));
}

/** Of the proof by a dealer that it knows its polynomial's constant, and by a holder that it knows its share. */
export function possessionContext(generation: Generation, tag: 'possession' | 'ready', index: number): Uint8Array {
  return transcript(tag, generationDigest(generation), index);
}

export function complaintContext(generation: Generation, dealer: number, recipient: number): Uint8Array {
  return dleqContext(nodeSuite, 'complaint', generationDigest(generation), dealer, recipient);
}

/** HPKE's info and aad of the share from a dealer to a recipient. */
export function shareBinding(generation: Generation, dealer: number, recipient: number) {
  return { info: transcript('share', generationDigest(generation)), aad: transcript('share', dealer, recipient) };
}
