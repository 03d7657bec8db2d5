/** A client of one node's HTTP interface, on `fetch`. What it answers is checked for its form here, and for its truth by whoever asked. */
import { z } from 'zod';
import {
  answerSchemas,
  paths,
  requestSchemas,
  type NodeAnswer,
  type NodeOperation,
  type NodeRequest,
} from '../messages/index.js';
import { NodeRefusal } from './node-failure.js';

/** A node as a port. */
export interface NodeClient {
  readonly mspId: string;
  readonly node: string;
  /** @throws {NodeRefusal} its problem; anything else is no answer */
  ask<O extends NodeOperation>(operation: O, request: NodeRequest<O>, signal: AbortSignal): Promise<NodeAnswer<O>>;
}

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly signal: AbortSignal;
    readonly redirect: 'error';
    readonly credentials: 'omit';
    readonly referrerPolicy: 'no-referrer';
  },
) => Promise<NodeResponse>;

/** The part of `Response` that is used. */
export interface NodeResponse {
  readonly ok: boolean;
  readonly body: { getReader(): AnswerReader } | null;
}
interface AnswerReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason: Error): Promise<void>;
}

export interface HttpNodeOptions {
  readonly mspId: string;
  readonly node: string;
  /** Without `/v1`. */
  readonly baseUrl: string;
  readonly fetch?: Fetch;
}

/** No answer is longer; a node that sends more is no node. */
const MAX_ANSWER_BYTES = 32 * 1024;
const problem = z.object({ code: z.string().regex(/^[A-Z_]{1,64}$/), field: z.string().max(120).optional() });

export function httpNode({ mspId, node, baseUrl, fetch = globalThis.fetch }: HttpNodeOptions): NodeClient {
  return {
    mspId,
    node,
    async ask<O extends NodeOperation>(operation: O, request: NodeRequest<O>, signal: AbortSignal) {
      const response = await fetch(`${baseUrl}${paths[operation]}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(requestSchemas[operation].parse(request)),
        signal,
        // Who asks, and from which page, is no business of a node's.
        redirect: 'error',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
      const body: unknown = JSON.parse(await textOf(response));
      if (response.ok) return (answerSchemas[operation] as unknown as z.ZodType<NodeAnswer<O>>).parse(body);
      const { code, field } = problem.parse(body);
      throw new NodeRefusal(code, field);
    },
  };
}

/** Read piece by piece: a node that sends without end must not fill the memory of whoever asked. */
async function textOf({ body }: NodeResponse): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; reader;) {
    const { value } = await reader.read();
    if (!value) break;
    bytes += value.length;
    if (bytes > MAX_ANSWER_BYTES) {
      const tooLong = new RangeError('the answer is too long');
      // Closes the connection.
      await reader.cancel(tooLong);
      throw tooLong;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}
