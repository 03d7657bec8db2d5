/**
 * Requests of which it is known whether a server has taken them: each on a connection of its own, and its body is sent only when the server has said
 * `100 Continue`, which it says when it takes the request.
 */
import { request } from 'node:http';

export interface TakenRequest {
  readonly taken: boolean;
  /** undefined: no answer came, or not to its end. */
  readonly status: number | undefined;
  readonly body: string;
  /** Of the connection that failed. */
  readonly failure: string | undefined;
}

/** @param onTaken hears when the server has taken it, and when it has ended */
export function ask(
  url: string,
  { method, token, body = '' }: { readonly method: string; readonly token: string; readonly body?: string },
  onTaken: (change: 1 | -1) => void = () => undefined,
): Promise<TakenRequest> {
  return new Promise((resolve) => {
    let taken = false;
    const end = (rest: Partial<Omit<TakenRequest, 'taken'>>) => {
      if (taken) onTaken(-1);
      resolve({ taken, status: undefined, body: '', failure: undefined, ...rest });
    };
    const headers = {
      ...{ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Expect: '100-continue' },
      'Content-Length': Buffer.byteLength(body),
    };
    const asked = request(url, { method, headers, agent: false });
    const failed = (error: NodeJS.ErrnoException) => end({ failure: error.code ?? error.message });
    asked.on('error', failed);
    asked.on('continue', () => {
      taken = true;
      onTaken(1);
      asked.end(body);
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', failed);
      response.on('end', () => end({ status: response.statusCode, body: text }));
    });
    asked.flushHeaders();
  });
}
