/** Credentials: a person's pseudonym at one event, and the key that speaks for it there. */
import { z } from 'zod';
import { enrolmentKey } from '../../../chaincode/domain/committee-keys.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { newCommandId } from '../command-id.js';
import { created, done, locate, receiptOf } from '../commands.js';
import {
  boundKeyOf,
  boundKeyShape,
  placed,
  placeOf,
  registeredOf,
  registeredShape,
  registrationShape,
} from '../committee-schemas.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { compactJws, eventId, idBody, receiptShape, thumbprint } from '../schemas.js';

const tag = 'committee';
const ofEvent = z.strictObject({ event: eventId });
const credential = thumbprint.meta({ description: 'the pseudonym at this event, which holds its tickets' });
const params = z.strictObject({ event: eventId, credential });

export const enrolmentSchema = z
  .strictObject({ event: eventId, credential, ...boundKeyShape })
  .meta({ id: 'Enrolment' });
export const enrolledSchema = z
  .strictObject({ ...placed, event: eventId, credential, ...registeredShape })
  .meta({ id: 'EnrolledCredential' });
const activated = z.strictObject({ ...receiptShape, event: eventId, credential });
const vetoed = z.strictObject({
  ...receiptShape,
  subject: thumbprint.meta({ description: 'a person or a credential' }),
  sequence: z.int().min(1).meta({ description: 'used up by it' }),
});

export const enrolmentOperations = [
  operation({
    id: 'enrolCredential',
    method: 'POST',
    path: '/v1/events/{event}/enrolments',
    tag,
    summary: 'Enrol a credential for an event, or replace its key; t nodes have signed whose key it is',
    params: ofEvent,
    body: z.strictObject(registrationShape),
    responses: {
      201: { description: 'enrolled', schema: enrolledSchema },
      200: { description: 'enrolled before, with the same key: the first receipt', schema: enrolledSchema },
    },
    async handle({ params: { event }, body }, services) {
      const committed = await services.publicCommands.committee({ kind: 'credential.enrol', event, ...body });
      const accepted = await locate(services, committed);
      const enrolled = thumbprint.parse(accepted.result.credential);
      return created(accepted, { ...placeOf(accepted), event, credential: enrolled, ...registeredOf(accepted) });
    },
  }),
  operation({
    id: 'getEnrolment',
    method: 'GET',
    path: '/v1/events/{event}/enrolments/{credential}',
    tag,
    summary: 'Whose key speaks for a credential',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: enrolmentSchema } },
    async handle({ params: { event, credential: of } }, { records }) {
      const [record] = await records.read([enrolmentKey(event, of)]);
      if (record) return ok({ event, credential: of, ...boundKeyOf(record) });
      await requireEventRecord(records, event);
      return refuse('UNKNOWN_CREDENTIAL', { field: 'credential', credential: of });
    },
  }),
  operation({
    id: 'activateEnrolment',
    method: 'POST',
    path: '/v1/events/{event}/enrolments/{credential}/activate',
    tag,
    summary: "Record that a replacement's time has come; anybody may",
    params,
    body: idBody,
    responses: { 200: { description: 'recorded', schema: activated } },
    async handle({ params: { event, credential: subject }, body: { id = newCommandId() } }, services) {
      const committed = await services.publicCommands.committee({ kind: 'credential.activate', id, event, subject });
      const accepted = await locate(services, committed);
      return done(accepted, { ...receiptOf(id, accepted), event, credential: subject });
    },
  }),
  operation({
    id: 'createVeto',
    method: 'POST',
    path: '/v1/vetoes',
    tag,
    summary: "End a replacement that waits, of a person's key or a credential's, signed by the old key",
    body: z.strictObject({ statement: compactJws.meta({ description: '`guichet-key-veto+jwt`' }) }),
    responses: {
      201: { description: 'the old key stays', schema: vetoed },
      200: { description: 'vetoed before: the first receipt', schema: vetoed },
    },
    async handle({ body: { statement } }, services) {
      const { payload } = decodeStatement('key-veto', statement, 'statement');
      const committed = await services.publicCommands.committee({ kind: 'credential.veto', statement });
      const accepted = await locate(services, committed);
      const { jti, subject } = payload;
      return created(accepted, { ...receiptOf(jti, accepted), subject, sequence: Number(accepted.result.sequence) });
    },
  }),
];
