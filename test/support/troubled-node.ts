/** Stands before a real node as what wallets take for it: passes questions on, and does to the answers what its trouble is. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodePoint } from '../../chaincode/crypto/point.js';
import { pointNamed, withLetter } from './curve.js';

type Answer = Readonly<Record<string, unknown>>;

export type Trouble =
  | { readonly kind: 'none' }
  /** To what it would have said. */
  | { readonly kind: 'lies'; readonly about: (answer: Answer) => Answer }
  | { readonly kind: 'is slow'; readonly byMs: number }
  | { readonly kind: 'never answers' }
  | { readonly kind: 'resets' }
  | { readonly kind: 'talks nonsense' };

const onlyIn = (member: string, change: (value: string) => string) => (answer: Answer) =>
  typeof answer[member] === 'string' ? { ...answer, [member]: change(answer[member]) } : answer;

/** Each is well formed. */
export const LIES = {
  evaluation: onlyIn('element', () => encodePoint(pointNamed('a lie'))),
  proof: onlyIn('proof', (proof) => withLetter(proof, 60)),
  index: (answer: Answer) => (typeof answer.index === 'number' ? { ...answer, index: answer.index + 1 } : answer),
  signature: onlyIn('statement', (statement) => withLetter(statement, statement.length - 20)),
  pass: onlyIn('gatePass', (pass) => withLetter(pass, pass.length - 20)),
} as const;

export class TroubledNode {
  trouble: Trouble = { kind: 'none' };
  readonly #node: string;
  readonly #server: Server;

  /** @param node the real one's address */
  private constructor(node: string) {
    this.#node = node;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async before(node: string): Promise<TroubledNode> {
    const troubled = new TroubledNode(node);
    await new Promise<void>((resolve) => troubled.#server.listen(0, '127.0.0.1', resolve));
    return troubled;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { trouble } = this;
    if (trouble.kind === 'resets') {
      request.socket.resetAndDestroy();
      return;
    }
    if (trouble.kind === 'never answers') return;
    const { status, body } = await this.#ask(request);
    if (trouble.kind === 'is slow') await sleep(trouble.byMs);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(this.#told(body));
  }

  async #ask(request: IncomingMessage): Promise<{ readonly status: number; readonly body: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(`${this.#node}${request.url ?? ''}`, {
      method: request.method ?? 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.concat(chunks),
    });
    return { status: answer.status, body: await answer.text() };
  }

  #told(body: string): string {
    if (this.trouble.kind === 'talks nonsense') return body.slice(0, -10);
    return this.trouble.kind === 'lies' ? JSON.stringify(this.trouble.about(JSON.parse(body) as Answer)) : body;
  }
}
