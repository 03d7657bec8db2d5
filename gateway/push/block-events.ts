/**
 * From a block to what happened in it. Pure: the same block gives the same events at every gateway. What a transaction says that it newly accepted counts only
 * where it wrote the record under which that command is remembered, which takes the chaincode's own endorsement policy: no single organization makes events up.
 */
import { fromBase64url } from '../../chaincode/crypto/bytes.js';
import { parseBatch, SUBMIT } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import type { Block, BlockTransaction } from '../fabric/block-codec.js';
import { acceptedFacts } from '../statements/accepted.js';
import { ledgerBlockOf } from '../statements/from-fabric.js';
import { EVENT_TYPES, toldOf } from './event-types.js';
import type { EventBlock, LedgerEvent, PlacedEvent } from './ledger-event.js';
import { textOf } from './position.js';

type Json = Readonly<Record<string, unknown>>;

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);

/** @param chaincode name under which ours is committed */
export function eventsOf(block: Block, chaincode: string): EventBlock {
  const { number, transactions } = block;
  const ours = ledgerBlockOf(block, chaincode).transactions;
  const events = ours.flatMap((valid) => {
    const transaction = transactions[valid.index];
    const facts = acceptedFacts(valid);
    return transaction && facts.length > 0
      ? eventsIn(transaction, facts, { block: number, chaincode, index: valid.index })
      : [];
  });
  return { number, events };
}

interface Where {
  readonly block: number;
  readonly index: number;
  readonly chaincode: string;
}

type Fact = ReturnType<typeof acceptedFacts>[number];

function eventsIn(transaction: BlockTransaction, facts: readonly Fact[], where: Where): readonly PlacedEvent[] {
  const { call } = transaction;
  if (call?.chaincode !== where.chaincode || call.function !== SUBMIT) return [];
  const [commands, receipts] = [commandsOf(call.arguments[0] ?? ''), newReceipts(call.response)];
  // The rules name each newly accepted command once and in its order; endorsers that say otherwise are not believed.
  if (receipts.length !== facts.length) return [];
  return receipts.flatMap(({ command, receipt }, at) => {
    const fact = facts[at];
    const said = commands[command];
    if (!fact || said?.kind !== fact.kind) return [];
    const placed = { block: where.block, transaction: where.index, command };
    const event = eventOf(said, receipt, fact);
    if (!event) return [];
    const { tx, timestamp, creatorMsp: submitter } = transaction;
    const id = textOf(placed);
    return [{ at: placed, event: { id, timestamp, tx, submitter, block: where.block, ...event } }];
  });
}

function eventOf(
  said: Json,
  receipt: Json,
  { kind, event }: Fact,
): Pick<LedgerEvent, 'type' | 'event' | 'data'> | undefined {
  const told = toldOf(kind);
  if (!told) return undefined;
  const says = told.statement === undefined ? said : payloadOf(said[told.statement]);
  const type = typeof told.type === 'string' ? told.type : told.type(says);
  if (!TYPES.has(type)) return undefined;
  const data = { ...picked(says, told.says), ...picked(receipt, told.receipt) };
  return { type, ...(event !== null && { event }), data };
}

const picked = (from: Json, names: readonly string[] = []): Json =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

/** Nothing, if it is no JWS: then endorsers let through what our code would not. */
function payloadOf(compact: unknown): Json {
  const [, segment = ''] = typeof compact === 'string' ? compact.split('.') : [];
  const bytes = fromBase64url(segment);
  return bytes ? objectIn(Buffer.from(bytes).toString('utf8')) : {};
}

function commandsOf(argument: string): readonly (Json | undefined)[] {
  try {
    return parseBatch(argument).map((command) => asObject(command));
  } catch (error) {
    // Endorsers that don't agree with our code could have let it through; then it has no command that we know.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Of commands that were accepted now, not answered with their first receipt. */
function newReceipts(response: string): readonly { readonly command: number; readonly receipt: Json }[] {
  const { outcomes } = objectIn(response);
  if (!Array.isArray(outcomes)) return [];
  return outcomes.flatMap((outcome: unknown, command) => {
    const { accepted, replayed, receipt } = asObject(outcome) ?? {};
    return accepted === true && replayed !== true ? [{ command, receipt: asObject(receipt) ?? {} }] : [];
  });
}

const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

function objectIn(text: string): Json {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
