/** Plain requests, for what no well-behaved client sends. */
import { TOKEN, type TestGateway } from './a-gateway.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
export const OPERATOR = { Authorization: `Bearer ${TOKEN}` };

export async function send(
  { url }: TestGateway,
  { method = 'GET', path, body, headers }: RawRequest,
): Promise<RawAnswer> {
  const sent = { ...(body !== undefined && JSON_TYPE), ...headers };
  const response = await fetch(`${url}${path}`, { method, headers: sent, ...(body !== undefined && { body }) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as RawAnswer['body']),
  };
}
