import { expect } from 'chai';
import { setImmediate as soon } from 'node:timers/promises';
import { askNodes } from '../../../../committee/client/ask-nodes.js';
import type { NodeClient } from '../../../../committee/client/index.js';

const nodeNamed = (node: string): NodeClient => ({
  mspId: 'OrgMSP',
  node,
  ask: () => Promise.reject(new Error('unused')),
});

describe('asking nodes where enough others answer', () => {
  it('names a node that could not be reached, though it would be asked again', async () => {
    const nodes = ['right', 'left', 'away'].map(nodeNamed);
    const ask = async ({ node }: NodeClient) => {
      if (node === 'away') throw new TypeError('fetch failed');
      await soon();
      return node;
    };
    const { answers, failures } = await askNodes({ nodes, needed: 2, ask });
    expect([...answers].sort()).to.deep.equal(['left', 'right']);
    expect(failures).to.deep.equal([{ mspId: 'OrgMSP', node: 'away', reason: 'unreachable', code: 'TypeError' }]);
  });

  it('does not name one that answered when it was asked again', async () => {
    const nodes = ['right', 'starting'].map(nodeNamed);
    let tries = 0;
    const ask = ({ node }: NodeClient) => {
      if (node !== 'starting') return Promise.resolve(node);
      tries += 1;
      return tries === 1 ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(node);
    };
    const { failures } = await askNodes({ nodes, needed: 2, timeoutMs: 500, ask });
    expect([tries, failures]).to.deep.equal([2, []]);
  });
});
