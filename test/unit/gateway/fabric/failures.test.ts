import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import type { Refusal } from '../../../../chaincode/domain/refusal.js';
import type { GatewayError } from '../../../../gateway/errors.js';
import {
  endorseFailure,
  isUnanswered,
  lookUpFailure,
  readFailure,
  submitFailure,
} from '../../../../gateway/fabric/failures.js';
import { fabricError } from './fake-connection.js';

const ENDORSERS = ['OrganizerMSP', 'ResellerMSP'];

const collected = (...details: [mspId: string, message: string][]) =>
  fabricError(status.ABORTED, 'failed to collect enough transaction endorsements', ...details);
const seen = (error: unknown, through = 'ResellerMSP') =>
  endorseFailure(error, { own: 'ResellerMSP', through, endorsers: ENDORSERS });
const seenAs = (error: unknown) => {
  const { stage, reason, organizations } = seen(error);
  return [stage, reason, organizations];
};

describe('failures', () => {
  // Regression H5: a refusal in one peer's error text was taken for the chaincode's.
  it('take the refusal in an endorsement error for the claim of the organization that says it', () => {
    const refusal = { code: 'TOO_LARGE', details: { field: 'batch', limit: 7 } };
    const error = collected(['OrganizerMSP', `chaincode response 500, ${JSON.stringify(refusal)}`]);
    expect(seenAs(error)).to.deep.equal(['endorse', 'claimed', ['OrganizerMSP']]);
    const [claim] = seen(error).claims;
    expect([claim?.by, claim?.refusal.code, claim?.refusal.details]).to.deep.equal([
      'OrganizerMSP',
      ...Object.values(refusal),
    ]);
  });

  it('take all that comes through a foreign peer for the word of its organization', () => {
    const text = 'chaincode response 500, {"code":"TOO_LARGE","details":{}}';
    const { claims } = seen(collected(['OrganizerMSP', text], ['ResellerMSP', text]), 'VenueMSP');
    expect(claims.map(({ by }) => by)).to.deep.equal(['VenueMSP', 'VenueMSP']);
  });

  it('take nothing else for a refusal', () => {
    const texts = [
      'chaincode response 500, {"code":"TOO_LARGE"}',
      'chaincode response 500, {"code":"NO_SUCH_CODE","details":{}}',
      'chaincode response 500, {"code":"TOO_LARGE","details":{},"more":1}',
      'chaincode response 500, holder would hold -1 tickets',
    ];
    for (const text of texts) {
      expect(seenAs(collected(['OrganizerMSP', text]))).to.deep.equal(['endorse', 'unknown', ['OrganizerMSP']]);
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

  // Regression L3: organizations were found within the ids of others.
  it('take no organization for another whose id ends alike', () => {
    const prose = fabricError(status.UNAVAILABLE, 'failed to find any endorsing peers for org(s): OtherOrganizerMSP.');
    expect(seenAs(prose)).to.deep.equal(['endorse', 'unavailable', []]);
    expect(seenAs(collected(['Other-OrganizerMSP', 'ResellerMSP refused']))).to.deep.equal([
      'endorse',
      'unavailable',
      [],
    ]);
    const both = fabricError(status.UNAVAILABLE, 'no peers for ResellerMSP, OrganizerMSP.');
    expect(seenAs(both)).to.deep.equal(['endorse', 'unavailable', ENDORSERS]);
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
