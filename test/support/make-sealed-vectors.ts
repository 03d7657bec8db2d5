/**
 * Writes the vectors of sealed markets out of the running code: `npm run vectors`. Signatures are randomised, so every run writes other bytes; what is kept is
 * recomputed by the tests, here and in Python.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uncompressedBytes } from '../../chaincode/crypto/point.js';
import { scalarBytes } from '../../chaincode/crypto/scalar.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import { SUPPLIES } from '../../chaincode/domain/market/orders.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { exportedFrom } from './audited.js';
import { secretNamed, toHex } from './curve.js';
import { anOrder, ASK, BID, MARKET, MARKET_KEY, SECRET, trader } from './sealed-orders.js';
import { aWholeMarket, KINDS } from './whole-markets.js';

const DIRECTORY = join('test', 'vectors');

function orderVector(supply: (typeof SUPPLIES)[number]) {
  const [mspId, id] = ['ResellerMSP', `vector-of-${supply}`];
  const statement = anOrder(trader('Ann'), supply === 'resale' ? { ask: ASK } : { bid: BID });
  const plaintext = composeOrder(statement, [], supply);
  const ephemeral = secretNamed(id);
  const binding = orderBinding(MARKET, MARKET_KEY, mspId, id);
  const sealed = seal(MARKET_KEY, plaintext, binding, ephemeral);
  return {
    ...{ supply, market: MARKET, mspId, id, statement },
    secret: toHex(scalarBytes(SECRET)),
    publicKey: toHex(uncompressedBytes(MARKET_KEY)),
    ephemeral: toHex(scalarBytes(ephemeral)),
    ...{ info: toHex(binding.info), aad: toHex(binding.aad), plaintext: toHex(plaintext) },
    ...{
      enc: toHex(uncompressedBytes(sealed.enc)),
      ciphertext: toHex(sealed.ciphertext),
      sealed: encodeSealed(sealed),
    },
  };
}

const write = (name: string, content: unknown) =>
  writeFileSync(join(DIRECTORY, name), `${JSON.stringify(content, null, 2)}\n`);

const source = 'The running code, by test/support/make-sealed-vectors.ts';
write('sealed-order.json', {
  source,
  encoding: 'hexadecimal, but for ids and texts',
  vectors: SUPPLIES.map(orderVector),
});
for (const kind of KINDS) write(`sealed-market-${kind}.json`, await exportedFrom(aWholeMarket(kind, 'vector')));
