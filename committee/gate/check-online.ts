/**
 * The gate's check with a connection (COMMITTEE protocol, A, "At the gate"): the document alone leads to the credential, with t nodes' help for each one. The
 * terminal has no key that would let it try identities by itself. No phone is needed.
 */
import { encodePoint } from '../../chaincode/crypto/point.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { evaluateBlinded } from '../client/evaluate-blinded.js';
import type { NodeClient } from '../client/node-client.js';
import type { NodeFailure } from '../client/node-failure.js';
import { seatedAt } from '../client/seated-node.js';
import type { TrustedKey } from '../client/trusted-key.js';
import { credentialIdOf } from '../crypto/credential.js';
import { elementOf } from '../crypto/hash-to-group.js';
import { blind, unblind } from '../crypto/oprf.js';
import type { RandomScalar } from '../crypto/secrets.js';
import type { MessagePayload } from '../messages/index.js';
import { newCheckId } from './check-id.js';

export interface OnlineGate {
  readonly channel: string;
  readonly event: string;
  /** As registered for the event. */
  readonly device: string;
  /** Signs `guichet-gate-check+jwt` with the device's key, named by `kid`. @returns compact JWS */
  readonly sign: (payload: MessagePayload<'gate-check'>) => Promise<string>;
  /** The event's. */
  readonly key: TrustedKey;
  readonly nodes: readonly NodeClient[];
  readonly suite: Suite;
  readonly random: RandomScalar;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

export interface Recognized {
  /** C_e of whoever's document it is. */
  readonly credential: string;
  readonly failures: readonly NodeFailure[];
}

/** Nodes take no question that is longer valid. */
const CHECK_VALID_S = 60;

/** @param identity canonical, read from the document at hand @throws {ClientError} NODES_TOO_FEW naming the nodes */
export async function recognize(identity: string, gate: OnlineGate): Promise<Recognized> {
  const { channel, event, device, key, nodes, suite, random, now, timeoutMs } = gate;
  const blinding = random();
  const { blinded } = blind(suite, elementOf(identity), blinding);
  const exp = Math.floor(now() / 1000) + CHECK_VALID_S;
  const question = { channel, jti: newCheckId(), exp, event, device, blinded: encodePoint(blinded) };
  const statement = await gate.sign(question);
  const { combined, failures } = await evaluateBlinded({
    suite,
    key,
    seats: seatedAt(key.committee, nodes),
    blinded,
    timeoutMs,
    ask: (node, signal) => node.ask('evaluateAtGate', { event, statement }, signal),
  });
  return { credential: credentialIdOf(suite, event, unblind(suite, combined, blinding)), failures };
}

export interface OnlineCheck extends Recognized {
  readonly isHolder: boolean;
}

/** Whether the ticket is this person's. @param holder the ticket's, on the ledger */
export async function checkOnline(identity: string, holder: string, gate: OnlineGate): Promise<OnlineCheck> {
  const recognized = await recognize(identity, gate);
  return { ...recognized, isHolder: recognized.credential === holder };
}
