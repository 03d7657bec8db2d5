/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): bare, or quoted as a structured field string (RFC 9651). Where the caller leaves the
 * command's id to the gateway the key becomes that id, so the ledger itself remembers it and no crash forgets it. A statement brings its own id, by
 * which the ledger knows it again; its key is held against other bodies here only, as long as this process remembers it. Of what the ledger does not hear, the
 * first answer is kept in the store (answers/kept-answers.ts).
 */
import { createHmac, randomBytes } from 'node:crypto';
import { commandId } from '../../chaincode/domain/ids.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { GatewayError } from '../errors.js';
import { failureOf, STATUS } from './problem.js';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
const QUOTED = /^"([^"\\]*)"$/;
const MAX_REMEMBERED = 50_000;

/** @returns undefined where the header is absent @throws {Refusal} INVALID_FIELD */
export function idempotencyKeyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  return parseWith(commandId, QUOTED.exec(text)?.[1] ?? text, IDEMPOTENCY_KEY);
}

export interface KeyedRequest {
  readonly key: string;
  /** Who asks: keys of different callers have nothing to do with each other. */
  readonly caller: string;
  readonly operation: string;
  /** What was asked, as it was parsed. */
  readonly asked: unknown;
}

export class IdempotencyKeys {
  /** What was asked may be guessed, a document even: without this process's secret a digest says nothing. */
  readonly #secret = randomBytes(32);
  readonly #underWay = new Map<string, string>();
  readonly #answered = new Map<string, string>();
  readonly #limit: number;

  constructor(limit = MAX_REMEMBERED) {
    this.#limit = limit;
  }

  /**
   * Runs a request that nobody with the same key is running. What was refused may be corrected and sent under its key again.
   * @throws {GatewayError} IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED
   */
  async guard<T>({ key, caller, operation, asked }: KeyedRequest, run: () => Promise<T>): Promise<T> {
    const scope = this.#digest([caller, key]);
    const asks = this.#digest([operation, asked]);
    const field = IDEMPOTENCY_KEY;
    const known = this.#underWay.get(scope) ?? this.#answered.get(scope);
    if (known !== undefined && known !== asks) throw new GatewayError('IDEMPOTENCY_KEY_REUSED', { field, key });
    if (this.#underWay.has(scope)) throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { field, key });
    this.#underWay.set(scope, asks);
    try {
      const answer = await run();
      this.#remember(scope, asks);
      return answer;
    } catch (error) {
      if (mayHaveHappened(error)) this.#remember(scope, asks);
      throw error;
    } finally {
      this.#underWay.delete(scope);
    }
  }

  #remember(scope: string, asks: string): void {
    this.#answered.delete(scope);
    const [oldest] = this.#answered.keys();
    if (this.#answered.size >= this.#limit && oldest !== undefined) this.#answered.delete(oldest);
    this.#answered.set(scope, asks);
  }

  #digest(value: unknown): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify(value)).digest('base64url');
  }
}

const SERVER_ERRORS = 500;
/** Nobody knows what came of it. */
export const mayHaveHappened = (error: unknown): boolean => STATUS[failureOf(error).code] >= SERVER_ERRORS;
