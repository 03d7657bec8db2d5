/** The keys that the committee holds in shares: what they are, how each comes about, and the messages by which its nodes make them. */
import { z } from 'zod';
import { awaitedBy, isOver } from '../../../chaincode/crypto/generation/rounds.js';
import { rulingsOf } from '../../../chaincode/crypto/generation/board.js';
import { boardFrom, type ClosableRound } from '../../../chaincode/domain/key-generation/board.js';
import { deadlineOf } from '../../../chaincode/domain/key-generation/deadlines.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { keyNameOf, ownerOfKey } from '../../../chaincode/domain/committee-keys.js';
import { marketNumber } from '../../../chaincode/domain/ids.js';
import { newCommandId } from '../command-id.js';
import { created, done, locate, receiptOf, submit } from '../commands.js';
import { readPosted, readReady, requireKeyRecord, requireNamed, silentIn } from '../committee-reader.js';
import { generationNumber, generationSchema, keyName, sharedKeySchema } from '../committee-schemas.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { commandId, compactJws, eventId, idBody, receiptShape } from '../schemas.js';

const tag = 'committee';
const params = z.strictObject({ key: keyName });
const ofGeneration = z.strictObject({ key: keyName, generation: digits(generationNumber) });
const begun = z.strictObject({ ...receiptShape, key: keyName, generation: generationNumber, epoch: z.int().min(1) });
const posted = z.strictObject({ ...receiptShape, key: keyName, generation: generationNumber });
const advanced = z.strictObject({
  ...receiptShape,
  key: keyName,
  generation: generationNumber,
  round: z.enum([...generationSchema.shape.round.options, 'destroyed']).meta({ description: 'that begins' }),
});

export const keyOperations = [
  operation({
    id: 'getKey',
    method: 'GET',
    path: '/v1/keys/{key}',
    tag,
    summary: 'A key of the committee, with the statements of the nodes that hold it',
    params,
    tagged: true,
    responses: { 200: { description: 'it', schema: sharedKeySchema } },
    async handle({ params: { key } }, { records }) {
      const { key: usable, ...record } = await requireKeyRecord(records, key);
      if (!usable) return ok({ ...record, key });
      const ready = [...(await readReady(records, key, usable))];
      return ok({ ...record, key, usable: { ...usable, nodes: [...usable.nodes], ready } });
    },
  }),
  operation({
    id: 'getKeyGeneration',
    method: 'GET',
    path: '/v1/keys/{key}/generations/{generation}',
    tag,
    summary: 'How far a key generation is, and for whom it waits',
    params: ofGeneration,
    tagged: true,
    problems: [409],
    responses: { 200: { description: 'it', schema: generationSchema } },
    async handle({ params: { key, generation } }, { records }) {
      const posts = await readPosted(records, key, generation);
      const board = boardFrom(posts);
      const { epoch, threshold, nodes } = posts.record.generation;
      const { dealers, recipients } = awaitedBy(board);
      return ok({
        ...{ key, generation, epoch, threshold, nodes },
        round: board.round,
        startedAt: posts.record.startedAt,
        ...(!isOver(board) && { deadline: deadlineOf(posts, board.round as ClosableRound) }),
        awaited: { dealers: [...dealers], recipients: [...recipients] },
        silent: silentIn(posts, board),
        named: rulingsOf(board).map(({ guilty, index, code }) => ({ guilty, index, code })),
        ...(board.failure && { failure: board.failure }),
      });
    },
  }),
  operation({
    id: 'generateKey',
    method: 'POST',
    path: '/v1/keys',
    tag,
    summary:
      "Have the committee make an event's key, a market's, or the dedup key, for the first time or for a newer committee",
    authority: 'keys',
    body: z.strictObject({
      id: commandId.optional(),
      event: eventId.optional().meta({ description: 'the dedup key if absent' }),
      market: marketNumber
        .optional()
        .meta({ description: "which of the event's markets; the event's own key if absent" }),
      generation: generationNumber.meta({ description: 'one more than the newest, 1 for the first' }),
    }),
    responses: {
      201: { description: 'begun', schema: begun },
      200: { description: 'begun before: the first receipt', schema: begun },
    },
    async handle({ body: { id = newCommandId(), event, market, generation } }, services) {
      const owner = { ...(event !== undefined && { event }), ...(market !== undefined && { market }) };
      const named = { ...owner, generation };
      const accepted = await submit(services, { kind: 'key.generate', id, ...named });
      const epoch = Number(accepted.result.epoch);
      return created(accepted, { ...receiptOf(id, accepted), key: keyNameOf(event, market), generation, epoch });
    },
  }),
  operation({
    id: 'postKeyMessage',
    method: 'POST',
    path: '/v1/key-messages',
    tag,
    summary: "A node's message in a key generation, signed with its registered key",
    body: z.strictObject({ statement: compactJws.meta({ description: '`guichet-key-message+jwt`' }) }),
    responses: {
      201: { description: 'posted', schema: posted },
      200: { description: 'posted before: the first receipt', schema: posted },
    },
    async handle({ body: { statement } }, services) {
      const { payload } = decodeStatement('key-message', statement, 'statement');
      const { key, generation, jti } = payload;
      const { nodes } = await requireNamed(services.records, key, generation);
      const committed = await services.publicCommands.committee({ kind: 'key.post', nodes, statement });
      const accepted = await locate(services, committed);
      return created(accepted, { ...receiptOf(jti, accepted), key, generation });
    },
  }),
  operation({
    id: 'advanceKey',
    method: 'POST',
    path: '/v1/keys/{key}/generations/{generation}/advance',
    tag,
    summary: 'Record that a round is over, or what has become of the key; anybody may',
    params: ofGeneration,
    body: idBody,
    responses: { 200: { description: 'recorded', schema: advanced } },
    async handle({ params: { key, generation }, body: { id = newCommandId() } }, services) {
      const { nodes } = await requireNamed(services.records, key, generation);
      const named = { ...ownerOfKey(key), generation, nodes };
      const committed = await services.publicCommands.committee({ kind: 'key.advance', id, ...named });
      const accepted = await locate(services, committed);
      const round = advanced.shape.round.parse(accepted.result.round);
      return done(accepted, { ...receiptOf(id, accepted), key, generation, round });
    },
  }),
];
