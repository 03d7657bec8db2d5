/** An operation of a node's interface: the one description from which routes, validation and the OpenAPI document are made. All are public. */
import type { z } from 'zod';
import type { NodeServices } from '../node/services.js';
import type { NodeStatus } from '../node/status.js';

/** What operations act on. */
export interface Served extends NodeServices {
  readonly status: NodeStatus;
}

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  handle(body: unknown, served: Served): Promise<unknown>;
}

interface OperationSpec<B extends z.ZodType, R extends z.ZodType> extends Omit<
  Operation,
  'body' | 'response' | 'handle'
> {
  readonly body?: B;
  readonly response: R;
  handle(body: z.output<B>, served: Served): Promise<z.input<R>>;
}

/** The router parses the body with this very schema before it calls. */
export function operation<R extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  spec: OperationSpec<B, R>,
): Operation {
  return { ...spec, handle: (body, served) => spec.handle(body as z.output<B>, served) };
}
