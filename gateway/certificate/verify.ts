/**
 * Verifies a ticket certificate by the domain's own code: pure, offline, one named step after the other. What it can't know is whether the
 * organizer's and the seller's keys are theirs: compare `keys.*.kid` with what those organizations publish, or with any peer's registry; and who the
 * committee's nodes are: compare `credentials.committee` with what was pinned, or with any peer's record of that epoch.
 */
import { organizerOf } from '../../chaincode/domain/ids.js';
import { Refusal, require, type RefusalDetails } from '../../chaincode/domain/refusal.js';
import { holderIn, type Payload, type Statement } from '../../chaincode/domain/statements.js';
import { readCertificate, type Certificate } from './certificate.js';
import { verifyAllotment, verifyEvent, verifyRequest, verifySale } from './evidence.js';
import { verifyHands } from './hands.js';
import { verifyCommittee, verifyEnrolments, verifyHolders, type Speakers } from './verify-credentials.js';

export interface VerificationStep {
  readonly name: string;
  /** What was found to hold, for people. */
  readonly says: string;
  readonly holds: boolean;
  /** Why it does not: the domain's code and details. */
  readonly code?: string;
  readonly details?: RefusalDetails;
}

/** What the steps before have established. */
interface Known {
  certificate: Certificate;
  event: Payload<'event'>;
  speakers: Speakers;
  allotment: Payload<'allotment'>;
  request: Statement<'purchase'>;
  sale: Payload<'sale'>;
  /** Whoever holds the ticket after the statements read so far. */
  holder: string;
}

interface Step {
  readonly name: string;
  /** @returns what it established. @throws {Refusal} */
  readonly verify: (known: Known) => Partial<Known>;
  readonly says: (known: Known) => string;
}

/** @returns the steps in their order, up to the first that does not hold */
export function verifyCertificate(certificate: unknown): readonly VerificationStep[] {
  const steps: VerificationStep[] = [];
  const known = { certificate } as Known;
  for (const { name, verify, says } of STEPS) {
    try {
      Object.assign(known, verify(known));
      steps.push({ name, says: says(known), holds: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, details } = error;
      return [...steps, { name, says: code, holds: false, code, details }];
    }
  }
  return steps;
}

/** Every step was reached and holds. */
export function holds(steps: readonly VerificationStep[]): boolean {
  return steps.length === STEPS.length && steps.every((step) => step.holds);
}

const KEYS_ONLY = 'nothing to verify: holders are keys here, and nobody says whose';

const STEPS: readonly Step[] = [
  {
    name: 'form',
    verify: ({ certificate }) => ({ certificate: readCertificate(certificate) }),
    says: ({ certificate }) => `a certificate of ticket ${certificate.ticket}`,
  },
  {
    name: 'event',
    verify: ({ certificate }) => ({ event: verifyEvent(certificate) }),
    says: ({ event }) =>
      `“${event.name}” was created by ${organizerOf(event.event)}, signed with its registered event key`,
  },
  {
    name: 'committee',
    verify({ certificate, event }) {
      verifyHolders(certificate, event);
      verifyCommittee(certificate);
      return {};
    },
    says: ({ certificate: { credentials } }) => {
      if (!credentials) return KEYS_ONLY;
      const { committee, ready } = credentials;
      const among = `of the ${committee.members.length} nodes of epoch ${committee.epoch}`;
      return `${ready.length} ${among} signed that they hold a share of the event's key, of which ${committee.threshold} make it up`;
    },
  },
  {
    name: 'enrolments',
    verify: ({ certificate }) => ({ speakers: verifyEnrolments(certificate) }),
    says: ({ certificate: { credentials }, speakers }) => {
      if (!credentials || !speakers) return KEYS_ONLY;
      const replaced = credentials.enrolments.length - speakers.size;
      return `${speakers.size} pseudonyms with ${replaced} replaced keys: whose key is whose, ${credentials.committee.threshold} nodes or more signed`;
    },
  },
  {
    name: 'allotment',
    verify: ({ certificate, event }) => ({ allotment: verifyAllotment(certificate, event) }),
    says: ({ allotment }) =>
      `allotment ${allotment.allotment} holds the place and was given to ${allotment.seller}, signed with the event's key`,
  },
  {
    name: 'purchase request',
    verify: ({ certificate, allotment, speakers }) => ({ request: verifyRequest(certificate, allotment, speakers) }),
    says: ({ request }) =>
      `holder ${holderIn(request)} signed for at most ${request.payload.maxTotalMinor} ${request.payload.currency} in minor units`,
  },
  {
    name: 'sale',
    verify: ({ certificate, allotment, request }) => ({
      sale: verifySale(certificate, allotment, request),
      holder: holderIn(request),
    }),
    says: ({ sale }) =>
      `${sale.seller} sold it for ${sale.facePriceMinor} + ${sale.feesMinor} ${sale.currency} in minor units, signed with its registered seller key`,
  },
  {
    name: 'hands',
    verify: ({ certificate, holder, ...known }) => ({ holder: verifyHands(certificate, known, holder) }),
    says: ({ certificate: { evidence } }) => {
      const resales = evidence.hands.filter(({ kind }) => kind === 'resale').length;
      return `${evidence.hands.length - resales} transfers and ${resales} resales, each signed by both sides`;
    },
  },
  {
    name: 'holder',
    verify({ certificate: { state }, holder, allotment }) {
      require(state.holder === holder, 'NOT_THE_HOLDER', { field: 'certificate.state.holder', expected: holder });
      require(state.allotment === allotment.allotment, 'ALLOTMENT_MISMATCH', {
        field: 'certificate.state.allotment',
        expected: allotment.allotment,
      });
      return {};
    },
    says: ({ certificate: { state }, speakers }) => {
      const key = speakers?.get(state.holder)?.at(-1)?.key;
      const speaks = key === undefined ? '' : `; key ${key} speaks for it`;
      return `${state.holder} has issue ${state.issue} of it, ${state.state} at change ${state.change}${speaks}`;
    },
  },
];
