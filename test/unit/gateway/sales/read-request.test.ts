import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { readRequest } from '../../../../gateway/sales/read-request.js';
import { aSale, anAllotment, anEvent, newKey, signStatement } from '../../../support/statements.js';

const allotment = anAllotment(anEvent());
const aRequest = (): string => aSale(allotment).command.request as string;

describe('purchase requests in hand', () => {
  // Regression: each part of the gateway that a request passes decoded it anew.
  it('are decoded once for all that read them', () => {
    const request = aRequest();
    const first = readRequest(request);
    expect(readRequest(Buffer.from(request).toString())).to.equal(first);
    expect(readRequest(aRequest())).not.to.equal(first);
  });

  it('are told apart by every character, the signature’s too', () => {
    const { payload } = readRequest(aRequest());
    const twice = [newKey(), newKey()].map((key) => readRequest(signStatement('purchase', payload, key)));
    expect(twice[0]?.signer).not.to.equal(twice[1]?.signer);
    const request = aRequest();
    const [header, said] = request.split('.');
    const forged = `${header}.${said}.${aRequest().split('.')[2]}`;
    expect(readRequest(forged).jws).not.to.deep.equal(readRequest(request).jws);
  });

  it('are refused each time where they are not well-formed', () => {
    const request = aRequest().replace('.', '..');
    for (const time of [1, 2])
      expect(() => readRequest(request), String(time))
        .to.throw(Refusal)
        .with.property('code', 'MALFORMED_STATEMENT');
  });

  it('are let go of when many others have come', () => {
    const request = aRequest();
    const first = readRequest(request);
    const { payload } = first;
    for (let other = 0; other < 256; other += 1) readRequest(signStatement('purchase', payload, newKey()));
    expect(readRequest(request)).not.to.equal(first);
  });
});
