import { StatusCode } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';
import type { Peer } from '../../../../committee/ledger/peers.js';
import { PeerSubmitter } from '../../../../committee/ledger/submitter.js';
import { codeOf } from '../../../support/code-of.js';

const COMMANDS = [{ kind: 'key.generate', id: 'id-00000001', generation: 1 }];
const accepted = { accepted: true, receipt: { tx: 'tx-1' } };
const refused = { accepted: false, code: 'KEY_EXISTS' };

interface Conduct {
  readonly outcomes?: readonly unknown[];
  readonly endorse?: Error;
  readonly status?: number;
}

/** @param log what came to which peer */
function aPeer(
  name: string,
  { outcomes = [accepted], endorse, status = StatusCode.VALID }: Conduct,
  log: string[],
): Peer {
  const transaction = {
    getResult: () => Buffer.from(JSON.stringify({ outcomes })),
    submit: () => {
      log.push(`${name} submit`);
      return Promise.resolve({ getStatus: () => Promise.resolve({ code: status }) });
    },
  };
  const newProposal = (transactionName: string, options: { readonly arguments: readonly string[] }) => {
    log.push(`${name} ${transactionName} ${options.arguments.join()}`);
    return { endorse: () => (endorse ? Promise.reject(endorse) : Promise.resolve(transaction)) };
  };
  return { network: { getContract: () => ({ newProposal }) } } as unknown as Peer;
}

describe("submitting a node's commands", () => {
  let log: string[];
  beforeEach(() => (log = []));
  const submit = (...peers: readonly Conduct[]) =>
    new PeerSubmitter({
      peers: peers.map((conduct, at) => aPeer(`peer${at}`, conduct, log)),
      chaincode: 'guichet',
    }).submit(COMMANDS);

  it('is done by the first peer that takes them', async () => {
    expect(await submit({}, {})).to.deep.equal({ code: 'VALID', outcomes: [accepted] });
    expect(log).to.deep.equal([`peer0 BoxOffice:submit ${JSON.stringify({ commands: COMMANDS })}`, 'peer0 submit']);
  });

  it('goes to the next peer where one does not endorse', async () => {
    expect((await submit({ endorse: new Error('down') }, {})).code).to.equal('VALID');
    expect(log.at(-1)).to.equal('peer1 submit');
  });

  it('puts nothing into a block that would change nothing', async () => {
    expect(await submit({ outcomes: [refused, refused] })).to.deep.equal({
      code: 'NOT_SENT',
      outcomes: [refused, refused],
    });
    expect(log).to.have.length(1);
    expect((await submit({ outcomes: [refused, accepted] })).code).to.equal('VALID');
  });

  it('names a conflict as the outcome that it is, and does not try again', async () => {
    expect((await submit({ status: StatusCode.MVCC_READ_CONFLICT }, {})).code).to.equal('MVCC_READ_CONFLICT');
    expect((await submit({ status: 9_999 })).code).to.equal('CODE_9999');
    expect(log.filter((line) => line.startsWith('peer1'))).to.deep.equal([]);
  });

  it('fails where no peer takes them, or says what nobody understands', async () => {
    const down = { endorse: new Error('down') };
    expect(await codeOf(submit(down, down))).to.equal('LEDGER_UNAVAILABLE');
    expect(await codeOf(submit({ outcomes: ['?'] }))).to.equal('LEDGER_UNAVAILABLE');
    expect(await codeOf(submit())).to.equal('LEDGER_UNAVAILABLE');
  });
});
