/** The gateway's side of the signer's socket. Connections are kept; calls that come in the same moment travel together. */
import { Agent, request as httpRequest } from 'node:http';
import { GatewayError } from '../errors.js';
import {
  decodeFailure,
  decodeResult,
  errorSchema,
  keySchema,
  keysSchema,
  MAX_SIGNATURES_PER_CALL,
  signedSchema,
} from './protocol.js';
import type { SignerKey, SignerUse, SigningKeys, SigningRequest, SigningResult } from './signing-keys.js';

const TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 4;

interface Waiting {
  readonly request: SigningRequest;
  readonly resolve: (result: SigningResult) => void;
  readonly reject: (error: unknown) => void;
}

export class SignerClient implements SigningKeys {
  readonly #socket: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  #waiting: Waiting[] = [];

  constructor({ socket }: { readonly socket: string }) {
    this.#socket = socket;
  }

  async createKey(use: SignerUse, label: string): Promise<SignerKey> {
    return keySchema.parse(await this.#call('POST', '/keys', { use, label }));
  }

  async listKeys(): Promise<readonly SignerKey[]> {
    return keysSchema.parse(await this.#call('GET', '/keys')).keys;
  }

  signAll(requests: readonly SigningRequest[]): Promise<readonly SigningResult[]> {
    return Promise.all(
      requests.map(
        (request) => new Promise<SigningResult>((resolve, reject) => this.#enqueue({ request, resolve, reject })),
      ),
    );
  }

  close(): void {
    this.#agent.destroy();
  }

  #enqueue(waiting: Waiting): void {
    if (this.#waiting.push(waiting) > 1) return;
    setImmediate(() => {
      const all = this.#waiting;
      this.#waiting = [];
      for (let at = 0; at < all.length; at += MAX_SIGNATURES_PER_CALL) {
        void this.#sign(all.slice(at, at + MAX_SIGNATURES_PER_CALL));
      }
    });
  }

  async #sign(group: readonly Waiting[]): Promise<void> {
    try {
      const answer = await this.#call('POST', '/sign', { statements: group.map(({ request }) => request) });
      const { statements } = signedSchema.parse(answer);
      for (const [index, { resolve, reject }] of group.entries()) {
        const result = statements[index];
        if (result) resolve(decodeResult(result));
        else reject(new GatewayError('SIGNER_UNAVAILABLE', { reason: 'answered too few statements' }));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, text } = await this.#exchange(method, path, body === undefined ? '' : JSON.stringify(body));
    const answer = JSON.parse(text) as unknown;
    if (status !== 200) throw decodeFailure(errorSchema.parse(answer).error);
    return answer;
  }

  #exchange(method: string, path: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown) => reject(new GatewayError('SIGNER_UNAVAILABLE', {}, { cause }));
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const call = httpRequest(
        { socketPath: this.#socket, agent: this.#agent, method, path, headers, timeout: TIMEOUT_MS },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', fail);
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      call.once('timeout', () => call.destroy(new Error(`the signer did not answer within ${TIMEOUT_MS} ms`)));
      call.once('error', fail);
      call.end(body);
    });
  }
}
