/** Persons: who is registered, by a pseudonym that t nodes of the committee have derived. There is no list of them, and no way from one to a name. */
import { z } from 'zod';
import { personKey } from '../../../chaincode/domain/committee-keys.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
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
import { ok, operation } from '../operation.js';
import { idBody, receiptShape, thumbprint } from '../schemas.js';

const tag = 'committee';
const person = thumbprint.meta({ description: 'the pseudonym' });
const params = z.strictObject({ person });

export const personSchema = z
  .strictObject({ person, ...boundKeyShape, epoch: z.int().min(1).meta({ description: 'whose nodes vouched last' }) })
  .meta({ id: 'Person' });
export const registeredPerson = z
  .strictObject({ ...placed, person, ...registeredShape })
  .meta({ id: 'RegisteredPerson' });

export const personOperations = [
  operation({
    id: 'registerPerson',
    method: 'POST',
    path: '/v1/persons',
    tag,
    summary: 'Register a person, or replace its master key; t nodes have signed whose key it is',
    body: z.strictObject({ person, ...registrationShape }),
    responses: {
      201: { description: 'registered', schema: registeredPerson },
      200: { description: 'registered before, with the same key: the first receipt', schema: registeredPerson },
    },
    async handle({ body }, services) {
      const committed = await services.publicCommands.committee({ kind: 'person.register', ...body });
      const accepted = await locate(services, committed);
      return created(accepted, { ...placeOf(accepted), person: body.person, ...registeredOf(accepted) });
    },
  }),
  operation({
    id: 'getPerson',
    method: 'GET',
    path: '/v1/persons/{person}',
    tag,
    summary: 'Whose key speaks for a person, for whoever knows the pseudonym',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: personSchema } },
    async handle({ params: { person: of } }, { records }) {
      const [record] = await records.read([personKey(of)]);
      if (!record) return refuse('UNKNOWN_PERSON', { field: 'person', person: of });
      return ok({ person: of, ...boundKeyOf(record), epoch: record.epoch });
    },
  }),
  operation({
    id: 'activatePerson',
    method: 'POST',
    path: '/v1/persons/{person}/activate',
    tag,
    summary: "Record that a replacement's time has come; anybody may",
    params,
    body: idBody,
    responses: { 200: { description: 'recorded', schema: z.strictObject({ ...receiptShape, person }) } },
    async handle({ params: { person: of }, body: { id = newCommandId() } }, services) {
      const committed = await services.publicCommands.committee({ kind: 'credential.activate', id, subject: of });
      const accepted = await locate(services, committed);
      return done(accepted, { ...receiptOf(id, accepted), person: of });
    },
  }),
];
