import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import type { GatewayError } from '../../../../gateway/errors.js';
import {
  endorseFailure,
  isUnanswered,
  lookUpFailure,
  readFailure,
  submitFailure,
} from '../../../../gateway/fabric/failures.js';
import type { LedgerFailure } from '../../../../gateway/fabric/ledger.js';
import { fabricError } from './fake-connection.js';

const ENDORSERS = ['OrganizerMSP', 'ResellerMSP'];

const collected = (...details: [mspId: string, message: string][]) =>
  fabricError(status.ABORTED, 'failed to collect enough transaction endorsements', ...details);
const seenAs = (error: unknown) => {
  const { stage, reason, organizations } = endorseFailure(error, ENDORSERS, 'ResellerMSP') as LedgerFailure;
  return [stage, reason, organizations];
};

describe('failures', () => {
  it('find the refusal of a chaincode in an endorsement error', () => {
    const refusal = { code: 'TOO_LARGE', details: { field: 'batch', limit: 7 } };
    const error = collected(['OrganizerMSP', `chaincode response 500, ${JSON.stringify(refusal)}`]);
    const found = endorseFailure(error, ENDORSERS, 'ResellerMSP');
    expect(found).to.be.instanceOf(Refusal);
    expect({ code: (found as Refusal).code, details: (found as Refusal).details }).to.deep.equal(refusal);
  });

  it('take nothing else for a refusal', () => {
    const texts = [
      'chaincode response 500, {"code":"TOO_LARGE"}',
      'chaincode response 500, {"code":"NO_SUCH_CODE","details":{}}',
      'chaincode response 500, {"code":"TOO_LARGE","details":{},"more":1}',
      'chaincode response 500, holder would hold -1 tickets',
    ];
    for (const text of texts) {
      expect(seenAs(collected(['OrganizerMSP', text]))).to.deep.equal(['endorse', 'unknown', []]);
    }
  });

  it('tell endorsers that differ from endorsers that fail', () => {
    expect(seenAs(collected(['ResellerMSP', 'ProposalResponsePayloads do not match']))).to.deep.equal([
      'endorse',
      'mismatch',
      [],
    ]);
    expect(seenAs(collected(['ResellerMSP', 'connection refused']))).to.deep.equal([
      'endorse',
      'unavailable',
      ['ResellerMSP'],
    ]);
  });

  it('name the organizations of which the peer knows no endorser', () => {
    const error = fabricError(status.UNAVAILABLE, 'failed to find any endorsing peers for org(s): OrganizerMSP');
    expect(seenAs(error)).to.deep.equal(['endorse', 'unavailable', ['OrganizerMSP']]);
  });

  it('name the organization of a peer that hangs', () => {
    const error = fabricError(status.DEADLINE_EXCEEDED, 'Deadline exceeded');
    expect(seenAs(error)).to.deep.equal(['endorse', 'deadline', ['ResellerMSP']]);
    expect(submitFailure(error, 'ResellerMSP').organizations).to.deep.equal(['ResellerMSP']);
  });

  it('give every gRPC status a reason', () => {
    const reasons = Object.fromEntries(
      Object.values(status)
        .filter((code): code is status => typeof code === 'number')
        .map((code) => [status[code], submitFailure(fabricError(code, 'text'), 'ResellerMSP').reason]),
    );
    expect(reasons).to.deep.equal({
      OK: 'unknown',
      CANCELLED: 'deadline',
      UNKNOWN: 'unknown',
      INVALID_ARGUMENT: 'refused',
      DEADLINE_EXCEEDED: 'deadline',
      NOT_FOUND: 'unknown',
      ALREADY_EXISTS: 'unknown',
      PERMISSION_DENIED: 'refused',
      RESOURCE_EXHAUSTED: 'unavailable',
      FAILED_PRECONDITION: 'refused',
      ABORTED: 'unavailable',
      OUT_OF_RANGE: 'unknown',
      UNIMPLEMENTED: 'unknown',
      INTERNAL: 'unknown',
      UNAVAILABLE: 'unavailable',
      DATA_LOSS: 'unknown',
      UNAUTHENTICATED: 'refused',
    });
  });

  it('keep their stage and their cause', () => {
    const cause = fabricError(status.UNAVAILABLE, 'no orderers could successfully process transaction');
    expect(submitFailure(cause, 'ResellerMSP')).to.include({ stage: 'submit', cause });
    expect(lookUpFailure(cause)).to.include({ stage: 'look-up', cause });
  });

  it('of a query are the refusal, or that the ledger is unavailable', () => {
    const refused = fabricError(status.UNKNOWN, 'evaluate', [
      'VenueMSP',
      'chaincode response 500, {"code":"INVALID_FIELD","details":{"field":"keys[0]"}}',
    ]);
    expect((readFailure(refused) as Refusal).code).to.equal('INVALID_FIELD');
    expect((readFailure(new Error('socket closed')) as GatewayError).code).to.equal('LEDGER_UNAVAILABLE');
  });

  it('send a query to another peer only where this one did not answer', () => {
    expect(
      [status.UNAVAILABLE, status.DEADLINE_EXCEEDED].map((code) => isUnanswered(fabricError(code, ''))),
    ).to.deep.equal([true, true]);
    expect(isUnanswered(fabricError(status.UNKNOWN, ''))).to.equal(false);
  });
});
