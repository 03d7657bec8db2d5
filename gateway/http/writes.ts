/** How a write is carried out: once for each `Idempotency-Key`, and without waiting for the ledger where the caller prefers that (RFC 7240). */
import type { Context } from 'koa';
import { systemClock } from '../fabric/clock.js';
import { currentCaller, nameOfCaller } from './caller.js';
import { idempotencyKeyIn } from './idempotency.js';
import { reusedKey, withKey } from './keyed-input.js';
import type { AnyInput, Operation, Reply, StreamReply } from './operation.js';
import { asyncAfterMs } from './preferences.js';
import { failureOf } from './problem.js';
import type { Services } from './services.js';
import { tellOfSubmission } from './submissions.js';

type AnyReply = Reply | StreamReply;

/** @throws {Refusal | GatewayError} */
export function write(operation: Operation, input: AnyInput, services: Services, ctx: Context): Promise<AnyReply> {
  const handle = keyed(operation, input, services, ctx);
  const several = Array.isArray(input.body);
  const afterMs = operation.submits && !several ? asyncAfterMs(ctx.get('Prefer')) : undefined;
  return afterMs === undefined ? handle() : answeredAfter(afterMs, handle, input, services);
}

function keyed(operation: Operation, input: AnyInput, services: Services, ctx: Context): () => Promise<AnyReply> {
  const key = idempotencyKeyIn(ctx.req.headers['idempotency-key']);
  if (key === undefined) return () => operation.handle(input, services);
  const { params, query, body } = input;
  const request = { key, caller: callerOf(), operation: operation.id, asked: { params, query, body } };
  const identified = withKey(operation, input, key);
  return () =>
    services.idempotencyKeys.guard(request, async () => {
      const handle = () => operation.handle(identified, services);
      try {
        return await (operation.keepsAnswer ? services.keptAnswers.repeat(request, handle) : handle());
      } catch (error) {
        throw reusedKey(error, key);
      }
    });
}

/** Not by address: a client on the move has several. Nor by credential: the next one is the same client's. */
function callerOf(): string {
  const caller = currentCaller();
  return caller === undefined || caller.kind === 'anybody' ? '' : nameOfCaller(caller);
}

/** What fails before the ledger hears of it, what needs no transaction, and what is over in time, is answered as ever. */
function answeredAfter(
  afterMs: number,
  handle: () => Promise<AnyReply>,
  { requestId }: AnyInput,
  services: Services,
): Promise<AnyReply> {
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined;
    let isOpen = true;
    const told = (memory: Parameters<Parameters<typeof tellOfSubmission>[0]>[0]) => {
      if (!isOpen || stop) return;
      const command = services.commandStates.follow(memory, handling, requestId);
      const accept = () => {
        resolve({ status: 202, body: { command, state: 'pending' }, headers: acceptedHeaders(command) });
        // Nobody else hears of it any more.
        handling.catch((error: unknown) => services.countRefusal(failureOf(error).code));
      };
      stop = afterMs === 0 ? (accept(), () => undefined) : systemClock.after(afterMs, accept);
    };
    // Not before `handling` is there for `told`.
    const handling = Promise.resolve().then(() => tellOfSubmission(told, handle));
    handling.then(resolve, reject).finally(() => {
      isOpen = false;
      stop?.();
    });
  });
}

const acceptedHeaders = (command: string) => ({
  Location: `/v1/commands/${command}`,
  'Preference-Applied': 'respond-async',
  'Retry-After': '1',
});
