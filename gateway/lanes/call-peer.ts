/** One gateway's question to another. */
import type { Peer } from './lane-owners.js';
import { answerSchema, PATH, resultOf, type Call } from './wire.js';

/** Longer than the ledger takes where nothing is wrong; one that hangs must not keep a buyer waiting. */
const ANSWER_MS = 20_000;

/** It did not answer, or with nothing of ours: what became of the question is not known. */
export class PeerSilent extends Error {
  override readonly name = 'PeerSilent';
}

/** @throws {PeerSilent} @throws {Refusal | GatewayError} what the other one says */
export async function callPeer({ url, secret }: Peer, call: Call): Promise<Readonly<Record<string, unknown>>> {
  return resultOf(await ask(url, secret, call));
}

async function ask(url: string, secret: string, call: Call) {
  try {
    const response = await fetch(new URL(PATH, url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
      body: JSON.stringify(call),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.status !== 200) throw new Error(`${PATH} answers ${response.status}`);
    return answerSchema.parse(await response.json());
  } catch (cause) {
    throw new PeerSilent(`the gateway at ${url} did not answer`, { cause });
  }
}
