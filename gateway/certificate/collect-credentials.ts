/**
 * Collects whose key spoke for each holder of a ticket: the nodes' statements from the transactions that brought them, and the committee that holds the
 * event's key. Of former holders only what signed for this ticket, of the present one everything until now.
 */
import { committeeKey } from '../../chaincode/domain/keys.js';
import { enrolmentKey, messageKey, sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { decodeStatement, holderIn } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { Credentials, Enrolment } from './credentials.js';
import { positionOf, provenanceOf, type Ledger, type Position, type RecordedCommand } from './provenance.js';
import type { Said } from './said.js';

/**
 * @param said by the holders, in their order
 * @returns undefined where holders are keys @throws {GatewayError} LEDGER_DISAGREES
 */
export async function collectCredentials(
  ledger: Ledger,
  event: string,
  said: readonly Said[],
  holder: string,
): Promise<Credentials | undefined> {
  const named = said.filter(({ statement }) => statement.payload.credential !== undefined);
  if (named.length === 0) return undefined;
  const credentials = [...new Set(named.map(({ statement }) => holderIn(statement)))];
  const [key, ...enrolments] = await Promise.all([
    collectKey(ledger, event),
    ...credentials.map(async (credential) => {
      const all = await enrolmentsOf(ledger, event, credential);
      if (credential === holder) return all;
      const last = Math.max(
        ...named.filter((each) => holderIn(each.statement) === credential).map((each) => each.block),
      );
      return all.filter(({ activated, block }) => (activated?.block ?? block) <= last);
    }),
  ]);
  return { ...key, enrolments: enrolments.flat() };
}

/** An event's key stays with the committee that made it, also when it is destroyed. */
async function collectKey(ledger: Ledger, event: string): Promise<Omit<Credentials, 'enrolments'>> {
  const { records } = ledger;
  const [key] = await records.read([sharedKeyKey(event)]);
  const missing = (field: string) => new GatewayError('LEDGER_DISAGREES', { field, event });
  if (!key) throw missing('key');
  const { epoch } = key;
  // The one in use, while another goes on or where that failed.
  const { generation } = key.key ?? key;
  const [[committee], appointments] = await Promise.all([
    records.read([committeeKey(epoch)]),
    provenanceOf(ledger, committeeKey(epoch)),
  ]);
  if (!committee) throw missing('committee');
  const { threshold, members } = committee;
  const [first] = appointments;
  const appointed = first?.commands.length ? { appointed: positionOf(first) } : {};
  const ready = await readyOf(records, event, generation, members.length);
  return {
    committee: { epoch, threshold, members: members.map((each) => ({ ...each })), ...appointed },
    generation,
    ready,
  };
}

async function readyOf(records: Records, event: string, generation: number, nodes: number): Promise<string[]> {
  const indexes = Array.from({ length: nodes }, (_, at) => at + 1);
  const found = await records.read(indexes.map((index) => messageKey(event, generation, { kind: 'ready', index })));
  return found.flatMap((record) => record?.statement ?? []);
}

/** A key and whether it counts yet. */
interface Registered {
  readonly enrolment: Enrolment;
  readonly waits: boolean;
}

/** The keys that a credential has had, the first one first. */
async function enrolmentsOf(ledger: Ledger, event: string, credential: string): Promise<readonly Enrolment[]> {
  const versions = await provenanceOf(ledger, enrolmentKey(event, credential));
  const commands = versions.flatMap((version) => version.commands.map((each) => ({ each, at: positionOf(version) })));
  let registered: readonly Registered[] = [];
  for (const { each, at } of commands) registered = after(registered, each, at);
  return registered.filter(({ waits }) => !waits).map(({ enrolment }) => enrolment);
}

const keyOf = ({ statements: [first = ''] }: Pick<Enrolment, 'statements'>): string =>
  decodeStatement('enrolment', first, 'statements[0]').payload.key;

/** What a command makes of a credential's keys. */
function after(before: readonly Registered[], { kind, command, receipt }: RecordedCommand, at: Position): Registered[] {
  const counting = before.filter(({ waits }) => !waits);
  const waiting = before.find(({ waits }) => waits);
  switch (kind) {
    case 'credential.enrol': {
      const { statements, release } = command as Pick<Enrolment, 'statements' | 'release'>;
      const waits = receipt.state === 'pending';
      const enrolment = { statements, ...(release !== undefined && { release }), ...at };
      // Whoever approves one that waits already has it registered again; with another key, what waited gives way.
      const again = waits && waiting && keyOf(waiting.enrolment) === keyOf(enrolment);
      return [...counting, again ? waiting : { enrolment, waits }];
    }
    case 'credential.activate':
      if (!waiting) throw new GatewayError('LEDGER_DISAGREES', { field: kind, tx: at.tx });
      return [...counting, { enrolment: { ...waiting.enrolment, activated: at }, waits: false }];
    // A veto: what waited comes to nothing.
    default:
      return counting;
  }
}
