/** All operations of a node. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { eventId, marketNumber, mspId, slugId } from '../../chaincode/domain/ids.js';
import { askingSchema, compactJws, evaluationSchema, unblindingSchema } from '../messages/index.js';
import { evaluateCredential, signCredential } from '../node/credentials.js';
import { signClosing } from '../node/closing.js';
import { evaluateAtGate } from '../node/gate.js';
import { evaluatePerson, signPerson } from '../node/persons.js';
import { operation } from './operation.js';

const handle = compactJws.meta({ description: '`guichet-handle+jwt`, signed by an attestor of another organization' });
const proof = askingSchema.proof.meta({
  description:
    'that who asks knows r of the handle, for this node and this purpose: R || z, committee/README.md "Bytes"',
});
const answered = z
  .strictObject({
    ...evaluationSchema.shape,
    keyId: z.string().meta({ description: 'the key that this is an evaluation under' }),
    epoch: z.int(),
  })
  .meta({ id: 'Evaluation' });
const health = z.strictObject({ status: z.literal('ok') });

const keyStatus = z.strictObject({
  owner: z.string().meta({ description: '`dedup`, an event or a sealed market' }),
  generation: z.int(),
  epoch: z.int(),
  state: z.enum(['generating', 'usable', 'failed', 'destroyed']),
  held: z.boolean().meta({ description: 'whether this node has a share' }),
});

export const OPERATIONS = [
  operation({
    id: 'getNode',
    method: 'GET',
    path: '/v1/node',
    summary: 'Who this node is, and its keys',
    response: z
      .strictObject({
        mspId,
        node: slugId,
        jwk: jwkSchema,
        epoch: z.int().optional().meta({ description: 'of the present committee' }),
        index: z.int().optional().meta({ description: "this node's in it" }),
        keys: z.array(keyStatus),
      })
      .meta({ id: 'Node' }),
    handle: (_, { status: { mspId: msp, node, jwk, epoch, index, keys } }) =>
      Promise.resolve({
        mspId: msp,
        node,
        jwk,
        ...(epoch !== undefined && { epoch }),
        ...(index !== undefined && { index }),
        keys: [...keys],
      }),
  }),
  operation({
    id: 'healthLive',
    method: 'GET',
    path: '/health/live',
    summary: 'The process answers',
    response: health,
    handle: () => Promise.resolve({ status: 'ok' as const }),
  }),
  operation({
    id: 'healthReady',
    method: 'GET',
    path: '/health/ready',
    summary: 'The ledger can be reached',
    response: health,
    async handle(_, { status }) {
      await status.ready();
      return { status: 'ok' as const };
    },
  }),
  operation({
    id: 'evaluatePerson',
    method: 'POST',
    path: '/v1/enrolments/evaluations',
    summary: "Z = k·B under the consortium's key, with a proof",
    body: z.strictObject({ handle, proof }),
    response: answered,
    handle: evaluatePerson,
  }),
  operation({
    id: 'signPerson',
    method: 'POST',
    path: '/v1/enrolments/signatures',
    summary: 'Sign the person for the ledger; with a receipt once the ledger has it under this key',
    body: z.strictObject({ handle, ...unblindingSchema }),
    response: z.strictObject({ statement: compactJws, receipt: compactJws.optional() }).meta({ id: 'SignedPerson' }),
    handle: signPerson,
  }),
  operation({
    id: 'evaluateCredential',
    method: 'POST',
    path: '/v1/credentials/evaluations',
    summary: "Z = k·B under the event's key, with a proof; the handle is good for this event only from then on",
    body: z.strictObject({ event: eventId, handle, proof }),
    response: answered,
    handle: evaluateCredential,
  }),
  operation({
    id: 'signCredential',
    method: 'POST',
    path: '/v1/credentials/signatures',
    summary: 'Sign the credential for the ledger, and a pass for gates without a connection',
    body: z.strictObject({ event: eventId, handle, ...unblindingSchema }),
    response: z.strictObject({ statement: compactJws, gatePass: compactJws }).meta({ id: 'SignedCredential' }),
    handle: signCredential,
  }),
  operation({
    id: 'evaluateAtGate',
    method: 'POST',
    path: '/v1/gate/evaluations',
    summary: "Z = k·B for a document at an event's gate, asked by a registered device",
    body: z.strictObject({
      event: eventId,
      statement: compactJws.meta({
        description: "`guichet-gate-check+jwt`, signed by one of the event's gate devices",
      }),
    }),
    response: answered,
    handle: evaluateAtGate,
  }),
  operation({
    id: 'signClosing',
    method: 'POST',
    path: '/v1/markets/closings',
    summary: "Sign for the ledger that a sealed market's time has come, by this node's own clock and peer",
    body: z.strictObject({ event: eventId, market: marketNumber }),
    response: z
      .strictObject({
        statement: compactJws.meta({ description: '`guichet-market-close+jwt`, good for five minutes' }),
      })
      .meta({ id: 'SignedClosing' }),
    handle: signClosing,
  }),
];
