/** Bodies of a node's HTTP interface, as both sides read them. All binary is base64url. */
import { z } from 'zod';
import { eventId, label, marketNumber, mspId, slugId } from '../../chaincode/domain/ids.js';
import { compactJws, dleq, epoch, nodeIndex, point, possession, publicKey } from './shapes.js';

export const evaluationSchema = z.strictObject({ index: nodeIndex, element: point, proof: dleq });

/** GET /v1/node. */
export const nodeSchema = z.object({
  mspId,
  node: z.union([slugId, label]),
  jwk: publicKey,
  /** Absent where the present committee has no such node. */
  epoch: epoch.optional(),
  index: nodeIndex.optional(),
});

/** What an evaluation answers, and under which key: after it has moved to another committee, answers of before fit no more. */
export const evaluatedSchema = z.object({ ...evaluationSchema.shape, keyId: z.string().min(1).max(256), epoch });
export type Evaluated = Readonly<z.infer<typeof evaluatedSchema>>;

/** What a wallet shows beside the handle to have signed. */
export const unblindingSchema = {
  /** t nodes' answers for this handle. */
  evaluations: z.array(evaluationSchema).min(1).max(255),
  /** W */
  combined: point,
  /** N */
  unblinded: point,
  /** DLEQ(r; G,R; N,W) */
  proof: dleq,
  /** `guichet-possession+jwt` */
  possession: compactJws,
};

/** What a wallet asks an evaluation with. */
export const askingSchema = {
  /** `guichet-handle+jwt` */
  handle: compactJws,
  /** That who asks knows r of the handle's R, for this node and purpose: R || z. */
  proof: possession,
};

export const requestSchemas = {
  /** POST /v1/enrolments/evaluations */
  evaluatePerson: z.strictObject(askingSchema),
  /** POST /v1/enrolments/signatures */
  signPerson: z.strictObject({ handle: compactJws, ...unblindingSchema }),
  /** POST /v1/credentials/evaluations */
  evaluateCredential: z.strictObject({ event: eventId, ...askingSchema }),
  /** POST /v1/credentials/signatures */
  signCredential: z.strictObject({ event: eventId, handle: compactJws, ...unblindingSchema }),
  /** POST /v1/gate/evaluations: `guichet-gate-check+jwt` */
  evaluateAtGate: z.strictObject({ event: eventId, statement: compactJws }),
  /** POST /v1/markets/closings */
  signClosing: z.strictObject({ event: eventId, market: marketNumber }),
} as const;

export const answerSchemas = {
  evaluatePerson: evaluatedSchema,
  /** The receipt comes once the ledger has the person under this very key. */
  signPerson: z.object({ statement: compactJws, receipt: compactJws.optional() }),
  evaluateCredential: evaluatedSchema,
  signCredential: z.object({ statement: compactJws, gatePass: compactJws }),
  evaluateAtGate: evaluatedSchema,
  /** `guichet-market-close+jwt` */
  signClosing: z.object({ statement: compactJws }),
} as const;

export type NodeOperation = keyof typeof requestSchemas;
export type NodeRequest<O extends NodeOperation> = Readonly<z.infer<(typeof requestSchemas)[O]>>;
export type NodeAnswer<O extends NodeOperation> = Readonly<z.infer<(typeof answerSchemas)[O]>>;

export const paths: Readonly<Record<NodeOperation, string>> = {
  evaluatePerson: '/v1/enrolments/evaluations',
  signPerson: '/v1/enrolments/signatures',
  evaluateCredential: '/v1/credentials/evaluations',
  signCredential: '/v1/credentials/signatures',
  evaluateAtGate: '/v1/gate/evaluations',
  signClosing: '/v1/markets/closings',
};
