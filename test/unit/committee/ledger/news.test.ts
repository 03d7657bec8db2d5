import { expect } from 'chai';
import { followNews, type NewsOptions } from '../../../../committee/ledger/news.js';
import { TestClock } from '../../../support/nodes.js';

type Peer = NewsOptions['peers'][number];
const facts = (...all: readonly (readonly [string, string | null, string])[]) => Buffer.from(JSON.stringify(all));

/** A peer whose events are these, and which then ends, waits for ever or breaks. */
function aPeer(address: string, payloads: readonly Buffer[], end: 'ends' | 'waits' | 'breaks'): Peer {
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  async function* events() {
    for (const payload of payloads) yield { payload };
    if (end === 'breaks') throw new Error('14 UNAVAILABLE');
    if (end === 'waits') await closed;
  }
  const getChaincodeEvents = () => Promise.resolve({ [Symbol.asyncIterator]: events, close: () => close() });
  return { address, network: { getChaincodeEvents } as unknown as Peer['network'] };
}

describe('the news of the ledger', () => {
  /** Follows until so much has come. */
  const follow = async (peers: readonly Peer[], enough: number) => {
    const stopping = new AbortController();
    const news: (string | undefined)[][] = [];
    const lost: string[] = [];
    const clock = new TestClock();
    await followNews(
      {
        ...{ peers, clock, chaincode: 'guichet' },
        onNews: (kind, event) => {
          news.push([kind, event]);
          if (news.length >= enough) stopping.abort();
        },
        onLost: (address) => void lost.push(address),
      },
      stopping.signal,
    );
    return { news, lost, waitedMs: clock.ms - new TestClock().ms };
  };

  it('are the kinds of all commands with their events', async () => {
    const peer = aPeer('a', [facts(['key.post', null, 'm'], ['event.create', 'M:e', 'm'])], 'waits');
    expect((await follow([peer], 2)).news).to.deep.equal([
      ['key.post', undefined],
      ['event.create', 'M:e'],
    ]);
  });

  it('come from the next peer where one breaks or ends, after a pause', async () => {
    const peers = [
      aPeer('a', [facts(['a', null, 'm'])], 'breaks'),
      aPeer('b', [facts(['b', null, 'm'])], 'ends'),
      aPeer('c', [facts(['c', null, 'm'])], 'waits'),
    ];
    const { news, lost, waitedMs } = await follow(peers, 3);
    expect(news.map(([kind]) => kind)).to.deep.equal(['a', 'b', 'c']);
    expect(lost).to.deep.equal(['a']);
    expect(waitedMs).to.be.at.least(2_000);
  });

  it('are no reason to stop where they are nonsense', async () => {
    const peers = [
      aPeer('a', [Buffer.from('{"no":"facts"}')], 'waits'),
      aPeer('b', [Buffer.from('no JSON')], 'waits'),
      aPeer('c', [facts(['c', null, 'm'])], 'waits'),
    ];
    const { news, lost } = await follow(peers, 1);
    expect([news, lost]).to.deep.equal([[['c', undefined]], ['a', 'b']]);
  });
});
