/** Whose key each pseudonym's is, by the word of as many of the committee's nodes as make up its key; and how another key took over. */
import type { Committee } from '../resources.js';
import type { Certificate, Enrolment } from './certificate.js';
import type { Known } from './chain.js';
import { signedByMember } from './committee.js';
import type { Findings } from './findings.js';
import { thumbprintOf, type Statement } from './jws.js';
import { signerOf, type Speaker } from './speakers.js';

/** The ledger lets no replacement without the old key's word count before. */
const LEAST_WAIT_SECONDS = 60 * 60;

export async function checkEnrolments(known: Known, findings: Findings): Promise<void> {
  const { credentials } = known.certificate;
  if (!credentials) {
    findings.that('there is nothing to check: holders are keys here, not people', true);
    return;
  }
  const speakers = new Map<string, readonly Speaker[]>();
  for (const enrolment of credentials.enrolments) {
    const { credential, ...stated } = await checkStated(enrolment, known.certificate, credentials.committee, findings);
    const before = speakers.get(credential) ?? [];
    const block = await checkPlace(enrolment, { known, credential, stated, before: before.at(-1) }, findings);
    speakers.set(credential, [...before, { ...stated, block }]);
  }
  known.speakers = speakers;
}

type Stated = Pick<Speaker, 'key' | 'sequence'>;

/** Different nodes of the committee say the same, as many as make up the key. */
async function checkStated(
  { statements }: Enrolment,
  certificate: Certificate,
  committee: Committee,
  findings: Findings,
): Promise<Stated & { readonly credential: string }> {
  const kids = await Promise.all(committee.members.map(({ jwk }) => thumbprintOf(jwk)));
  const signers = new Set<number>();
  const said = new Set<string>();
  let last: Statement['payload'] = {};
  for (const compact of statements) {
    const statement = findings.statement('An enrolment', compact, 'guichet-enrolment+jwt', certificate);
    const index = kids.indexOf(String(statement.header.kid)) + 1;
    await signedByMember(statement, committee, index, findings);
    signers.add(index);
    last = statement.payload;
    said.add(JSON.stringify([last.credential, last.key, last.sequence]));
  }
  const enough = signers.size >= committee.threshold && signers.size === statements.length;
  findings.that(`${signers.size} different nodes signed it, at least ${committee.threshold}`, enough);
  findings.that('all say the same pseudonym, key and number', said.size === 1);
  const { credential, key, sequence } = last;
  const whole = typeof credential === 'string' && typeof key === 'string' && typeof sequence === 'number';
  findings.must('they name a pseudonym, a key and its number', whole);
  return { credential: String(credential), key: String(key), sequence: Number(sequence) };
}

interface Taking {
  readonly known: Known;
  readonly credential: string;
  readonly stated: Stated;
  readonly before: Speaker | undefined;
}

/** @returns the block from which on the key spoke */
async function checkPlace(
  enrolment: Enrolment,
  { known, credential, stated, before }: Taking,
  findings: Findings,
): Promise<number> {
  const { release, activated, block } = enrolment;
  const from = activated?.block ?? block;
  if (!before) {
    findings.that('it is the pseudonym’s first key', stated.sequence === 0 && release === undefined && !activated);
    return from;
  }
  findings.that('it comes after the key before it', stated.sequence > before.sequence && from >= before.block);
  if (release === undefined) {
    const waitedSeconds = activated ? wholeSeconds(activated.timestamp) - wholeSeconds(enrolment.timestamp) : 0;
    findings.that('it has waited, so that the key before it could object', waitedSeconds >= LEAST_WAIT_SECONDS);
    return from;
  }
  const statement = findings.statement('The release', release, 'guichet-key-release+jwt', known.certificate);
  const { payload } = statement;
  findings.that('the key before it released the pseudonym', (await signerOf(statement, findings)) === before.key);
  const same = payload.subject === credential && payload.key === stated.key && payload.sequence === stated.sequence;
  findings.that('to exactly this key, at once', same && !activated);
  return from;
}

/** As the ledger reads its transactions' times. */
const wholeSeconds = (timestamp: string): number => Math.floor(Date.parse(timestamp) / 1000);
