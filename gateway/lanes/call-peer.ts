/** One gateway's question to another. */
import type { Peer } from './lane-owners.js';
import { answerSchema, PATH, resultOf, type Call } from './wire.js';

/** Longer than the ledger takes where nothing is wrong; one that hangs must not keep a buyer waiting. */
const ANSWER_MS = 20_000;

/** It did not answer, or with nothing of ours: what became of the question is not known. */
export class PeerSilent extends Error {
  override readonly name = 'PeerSilent';

  /** The question may have reached it. */
  get isSent(): boolean {
    return !NOT_SENT.has(codeOf(this.cause));
  }
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

const NOT_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** `fetch` says in its error's cause what kept it. */
function codeOf(error: unknown): string {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
