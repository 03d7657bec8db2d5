import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import type { LaneOwners } from '../../../../gateway/lanes/lane-owners.js';
import { SharedLanes } from '../../../../gateway/lanes/shared-lanes.js';

describe('lane whose owner falls silent', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
  });

  const carryOut = (here: () => Promise<object>) => {
    const owners = { ownerOf: () => Promise.resolve({ url, secret: 'a-secret' }), doubt: () => undefined };
    return new SharedLanes(owners as unknown as LaneOwners).carryOut('an-event', 'submit', {}, here);
  };
  const failing = (error: Error) => carryOut(() => Promise.reject(error)).catch((thrown: unknown) => thrown);
  const refusal = new Refusal('SEAT_ALREADY_SOLD', {});

  for (const no of [refusal, new GatewayError('NO_SEATS_LEFT'), new GatewayError('SEAT_HELD')])
    it(`does not have ${no.code} believed: what it has sent may still be committed`, async () => {
      const error = await failing(no);
      expect(error).to.be.instanceOf(GatewayError).with.property('code', 'OUTCOME_UNKNOWN');
      expect(((error as Error).cause as AggregateError).errors[1]).to.equal(no);
    });

  it('has what is done here, and other failures, as they are', async () => {
    expect(await carryOut(() => Promise.resolve({ done: true }))).to.deep.equal({ done: true });
    const busy = new GatewayError('QUEUE_FULL');
    expect(await failing(busy)).to.equal(busy);
  });

  it('has a refusal believed where nothing was sent', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await failing(refusal)).to.equal(refusal);
  });
});
