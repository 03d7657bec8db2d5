/**
 * The door: a gate device of the event's venue admits, lets out, lets in again, and takes back what it did by mistake. Every scan is signed by
 * the device and names the one before it, so no scan can be left out or put in later.
 */
import { z } from 'zod';
import { sha256 } from '../../crypto/jwk.js';
import { requireCaller, requireCurrent, requireEvent, requireGate } from '../authority.js';
import { enrolmentKeysOf, requireHolderKey } from '../holders.js';
import { deviceKey, eventKey, gateKey, organizationKey, scanKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { requirePolicy } from '../policy/enforce.js';
import type { EventRecord, ScanRecord, TicketRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import { decodeStatement, requireSignature, type Statement } from '../statements.js';
import type { State } from '../state.js';
import { IN_HAND, requireHolder, requireState, requireTicket, ticketKeyOf } from '../ticket.js';

const scanCommand = z.strictObject({
  kind: z.literal('ticket.scan'),
  scan: compactJws,
  presentation: compactJws.optional(),
});

type Scan = Statement<'scan'>;
type Presentation = Statement<'presentation'>;

export const prepareScan: Prepare = (raw, callerMsp) => {
  const command = parseWith(scanCommand, raw, '');
  const scan = decodeStatement('scan', command.scan, 'scan');
  const presentation =
    command.presentation === undefined
      ? undefined
      : decodeStatement('presentation', command.presentation, 'presentation');
  const { event, device, number, action } = scan.payload;
  const key = ticketKeyOf(scan.payload, 'scan');
  const previous = number > 1 ? [scanKey(event, device, number - 1)] : [];
  return {
    kind: command.kind,
    event,
    memory: scanKey(event, device, number),
    digest: scan.digest,
    reads: [
      eventKey(event),
      gateKey(event, 'doors'),
      deviceKey(event, device),
      organizationKey(callerMsp),
      ...previous,
      ...(presentation ? enrolmentKeysOf(event, presentation) : []),
    ],
    writes: [key],
    decide(state, context) {
      requireCurrent(scan, event, context);
      const record = requireEvent(state, event);
      requireCaller(state, context, record.venue, 'gate');
      requireGate(state, record, 'doors', context);
      requireDevice(state, scan, context);
      requireSequence(state, scan);
      const ticket = requireTicket(state, scan.payload, 'scan');
      if (action === 'admit' || action === 'reenter') {
        const bearer = { event: record, ticket, scan, presentation };
        requireDocument(bearer);
        requirePresentation(state, bearer, context);
        requireCheck(record, scan);
      } else requireNothingShown(scan, presentation);
      const after = ACTIONS[action](ticket);
      state.put(key, { ...after, change: ticket.change + 1 });
      return {
        result: {
          ticket: scan.payload.ticket,
          action,
          state: after.state,
          change: ticket.change + 1,
          policy: record.policyVersion,
        },
      };
    },
  };
};

function requireDevice(state: State, scan: Scan, { now }: Context): void {
  const { event, device } = scan.payload;
  const record = state.get(deviceKey(event, device));
  if (!record) return refuse('UNKNOWN_DEVICE', { field: 'scan.device', device });
  require(record.kid === scan.signer, 'UNKNOWN_KEY', { field: 'scan.header.kid', device });
  require(!record.revoked && now < record.notAfter, 'DEVICE_NOT_VALID', {
    field: 'scan.device',
    revoked: record.revoked,
    notAfter: record.notAfter,
  });
  requireSignature(scan, record.jwk);
}

function requireSequence(state: State, { payload }: Scan): void {
  const { event, device, number, previous } = payload;
  const before: ScanRecord | undefined = number > 1 ? state.get(scanKey(event, device, number - 1)) : undefined;
  require(number === 1 || before !== undefined, 'SCAN_OUT_OF_SEQUENCE', { field: 'scan.number', number });
  require(previous === (before?.digest ?? ''), 'SCAN_OUT_OF_SEQUENCE', {
    field: 'scan.previous',
    expected: before?.digest ?? '',
  });
}

/** Who is at the door, with what. */
interface Bearer {
  readonly event: EventRecord;
  readonly ticket: TicketRecord;
  readonly scan: Scan;
  readonly presentation: Presentation | undefined;
}

/** Where holders are persons, the document is enough: what the committee makes of it is the ticket's holder, or the ticket is lent. */
function requireDocument({ event, ticket, scan: { payload } }: Bearer): void {
  if (payload.credential === undefined) return;
  require(event.policy.credentialRequired, 'UNKNOWN_CREDENTIAL', {
    field: 'scan.credential',
    reason: 'is not asked for here',
  });
  require(payload.check === 'document', 'PRESENTATION_MISMATCH', { field: 'scan.check', expected: 'document' });
  requireHolder(ticket, payload.credential, 'scan.credential');
}

/** The holder's code: signed by the holder's key for exactly this version of the ticket, so a photograph of a used code is stale. */
function requirePresentation(state: State, { event, ticket, scan, presentation }: Bearer, context: Context): void {
  if (!presentation) {
    const replaced = scan.payload.credential !== undefined && scan.payload.presentation === undefined;
    require(replaced, 'PRESENTATION_MISMATCH', { field: 'presentation' });
    return;
  }
  requireCurrent(presentation, scan.payload.event, context);
  require(scan.payload.presentation === presentation.digest, 'PRESENTATION_MISMATCH', { field: 'scan.presentation' });
  for (const member of ['ticket', 'issue', 'change'] as const) {
    require(presentation.payload[member] === scan.payload[member], 'PRESENTATION_MISMATCH', {
      field: `presentation.${member}`,
    });
  }
  requireHolder(ticket, requireHolderKey(state, event, presentation), 'presentation.header.jwk');
}

/**
 * What the policy asks the door to look at besides the code. A sample is every tenth, drawn by the scan before and the device's own id for this one:
 * nobody in the queue can know it.
 */
function requireCheck(event: EventRecord, { payload }: Scan): void {
  const { gateCheck } = event.policy;
  const drawn = Buffer.from(sha256(`${payload.previous}.${payload.jti}`), 'base64url').readUInt16BE(0) % 10 === 0;
  const needed = gateCheck === 'document' || (gateCheck === 'sample' && drawn);
  requirePolicy(event, 'gateCheck', !needed || payload.check === 'document', 'GATE_CHECK_REQUIRED', { gateCheck });
}

function requireNothingShown(scan: Scan, presentation: Presentation | undefined): void {
  require(!presentation, 'PRESENTATION_MISMATCH', { field: 'presentation' });
  require(scan.payload.presentation === undefined, 'PRESENTATION_MISMATCH', { field: 'scan.presentation' });
  require(scan.payload.credential === undefined, 'PRESENTATION_MISMATCH', { field: 'scan.credential' });
}

const ACTIONS: Readonly<Record<Scan['payload']['action'], (ticket: TicketRecord) => TicketRecord>> = {
  admit(ticket) {
    require(ticket.state !== 'admitted' && ticket.state !== 'exited', 'ALREADY_ADMITTED', {
      field: 'scan.ticket',
      state: ticket.state,
    });
    // A listed ticket opens the door like any other, and that ends the listing.
    requireState(ticket, IN_HAND, 'scan');
    return { ...ticket, state: 'admitted', entered: ticket.entered + 1 };
  },
  exit(ticket) {
    require(ticket.state === 'admitted', 'NOT_ADMITTED', { field: 'scan.ticket', state: ticket.state });
    return { ...ticket, state: 'exited' };
  },
  reenter(ticket) {
    require(ticket.state !== 'admitted', 'ALREADY_ADMITTED', { field: 'scan.ticket', state: ticket.state });
    require(ticket.state === 'exited', 'NOT_ADMITTED', { field: 'scan.ticket', state: ticket.state });
    return { ...ticket, state: 'admitted', entered: ticket.entered + 1 };
  },
  undo(ticket) {
    if (ticket.state === 'exited') return { ...ticket, state: 'admitted' };
    require(ticket.state === 'admitted', 'NOTHING_TO_UNDO', { field: 'scan.ticket', state: ticket.state });
    const entered = ticket.entered - 1;
    return { ...ticket, state: entered === 0 ? 'sold' : 'exited', entered };
  },
};
