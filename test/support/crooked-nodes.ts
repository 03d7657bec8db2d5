/** What a node posts that does not keep to the protocol, signed as its own: for the ledger to refuse. */
import { dealingDigest } from '../../chaincode/crypto/generation/dealing.js';
import type { Dealing, Message, MessageOf } from '../../chaincode/crypto/generation/messages.js';
import type { Outcome } from '../../chaincode/domain/batch.js';
import { owed } from '../../committee/protocol/index.js';
import { dealMessage } from '../../committee/protocol/messages.js';
import { appointCommittee } from './committee.js';
import { KeyGeneration, type Course } from './key-generation.js';
import { TestLedger } from './test-ledger.js';

export function begun(course: Course = {}): KeyGeneration {
  const ledger = TestLedger.founded();
  return new KeyGeneration(ledger, appointCommittee(ledger), course);
}

/** In the round in which nodes owe such a message. @returns that of the first, as if it were node 1's */
export function owing<K extends Message['kind']>(kind: K, course = begun()) {
  const find = () => course.nodes.flatMap(({ state }) => owed(state)).find((each) => each.kind === kind);
  while (!find())
    if (course.deliver() === 0) {
      course.nowSeconds += 15;
      course.end();
    }
  const message = find() as MessageOf<K>;
  return { course, message: { ...message, ['dealer' in message ? 'dealer' : 'recipient']: 1 } };
}

/** What node 1 is answered to a message that differs so from an honest one. */
export function crooked<K extends Message['kind']>(
  kind: K,
  change: (message: MessageOf<K>) => object,
  course?: Course,
): Outcome {
  const { course: at, message } = owing(kind, begun(course));
  return at.post(at.nodes[0]!, { ...message, ...change(message) });
}

/** Has a node commit to such a dealing, before it knows for whom. @returns the dealing, once all have committed */
export function committed(
  course: KeyGeneration,
  index: number,
  change: (dealing: Dealing) => Partial<Dealing>,
): () => Dealing {
  const node = course.nodes[index - 1]!;
  const { board, dealing: secret } = node.state;
  const { generation } = board;
  const made = (keys: Readonly<Record<number, string>>) => {
    const honest = dealMessage(generation, secret!, index, keys);
    return { ...honest, ...change(honest) };
  };
  course.post(node, owed(node.state).find(({ kind }) => kind === 'receive') as Message);
  course.post(node, { kind: 'commit', dealer: index, digest: dealingDigest(generation, made({})) });
  return () => made(course.board.receivingKeys);
}

/** What node 1 is answered to a dealing that it has committed to as it is. */
export function crookedDealing(change: (dealing: Dealing) => Partial<Dealing>): Outcome {
  const course = begun();
  const dealing = committed(course, 1, change);
  course.deliver();
  return course.post(course.nodes[0]!, dealing());
}

/** What an old node is answered that deals another share than its own. */
export function crookedMove(): Outcome {
  const from = begun().run();
  const course = new KeyGeneration(from.ledger, appointCommittee(from.ledger, 4, 3, 2), { generation: 2, from });
  const [one, other] = course.nodes;
  one!.state = { ...one!.state, dealing: { ...one!.state.dealing!, constant: other!.state.dealing!.constant! } };
  course.deliver();
  course.deliver();
  return course.outcomes.find(({ message }) => message.kind === 'deal')!.outcome;
}
