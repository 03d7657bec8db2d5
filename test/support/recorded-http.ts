/**
 * Every HTTP exchange of a test's wallets and clients, as whoever runs the servers could have written it down. It stands in the place of `fetch` for as
 * long as a suite asks for it, and keeps what it has seen for the suites after it.
 */

export interface Exchange {
  /** Milliseconds since 1970, when it was asked. */
  readonly askedAtMs: number;
  readonly url: string;
  readonly request: string;
  readonly status: number;
  /** Headers and body. */
  readonly response: string;
}

const exchanges: Exchange[] = [];
const original = globalThis.fetch;

export const recordedExchanges = (): readonly Exchange[] => exchanges;

/** Records from the first test of the suite to its last. */
export function recordHttp(): void {
  before('record the exchanges', () => {
    globalThis.fetch = recordingFetch;
  });
  after('record no more', () => {
    globalThis.fetch = original;
  });
}

async function recordingFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const askedAtMs = Date.now();
  const answer = await original(input, init);
  const text = await answer.clone().text();
  const url = input instanceof Request ? input.url : String(input);
  const head = [...answer.headers].map(([name, value]) => `${name}: ${value}\n`).join('');
  const request = typeof init?.body === 'string' ? init.body : '';
  exchanges.push({ askedAtMs, url, request, status: answer.status, response: `${head}\n${text}` });
  return answer;
}
