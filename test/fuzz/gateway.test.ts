/**
 * A fuzzer against a real gateway on a network of its own with the sample season: no 5xx, no status, header or body that the document does not tell of, no
 * unknown method or missing token that passes. `GUICHET_FUZZ_SEED` and `GUICHET_FUZZ_EXAMPLES` choose what is sent: the same seed, the same requests.
 * `GUICHET_FUZZ_EDGES=all` looks at the edges of all operations, which takes some minutes.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { resetNetwork, startNetwork, stopNetwork } from '../../network/network.js';
import { guichet, sampleSeason } from '../../network/services.js';
import { placeOf } from '../support/place.js';
import { partyOf, type Party } from '../support/real-network.js';
import { withoutDefault } from './document.js';
import { fuzz, installFuzzer } from './fuzzer.js';

const { GUICHET_FUZZ_SEED: SEED = '7', GUICHET_FUZZ_EXAMPLES: EXAMPLES = '6', GUICHET_FUZZ_EDGES } = process.env;
/** One of each kind: what all writes, all reads and all of the operator's have in common is looked into more closely here. */
const LOOKED_INTO = [
  'closeSales',
  'createSale',
  'createTransfer',
  'getEvent',
  'listEvents',
  'searchEvents',
  'listDoor',
];

describe(`gateway under a fuzzer with the seed ${SEED}`, () => {
  const place = placeOf('fuzz');
  const document = join(place.dataDir, 'document.json');
  let party: Party;
  let programs: string;
  before(async () => {
    await resetNetwork(place);
    const application = { ...guichet, setup: [...guichet.setup, sampleSeason] };
    party = partyOf(await startNetwork({ ...place, application }), 'reseller');
    programs = await installFuzzer(join(dirname(place.dataDir), 'schemathesis'));
    const published = (await (await fetch(`${party.url}/v1/openapi.json`)).json()) as Parameters<
      typeof withoutDefault
    >[0];
    writeFileSync(document, JSON.stringify(withoutDefault(published)));
  });
  after(async () => {
    await party.ledger.close();
    await stopNetwork(place);
  });

  const found = (phase: 'coverage' | 'fuzzing' | 'stateful', examples: number, only?: readonly string[]) =>
    fuzz({ ...{ programs, document, phase, examples, seed: Number(SEED) }, ...party, ...(only && { only }) });

  it('answers random requests, with and against each schema, as it says that it does', async () => {
    expect(await found('fuzzing', Number(EXAMPLES))).to.equal('');
  });

  it('answers each edge of a schema, unknown methods and missing tokens as it says that it does', async () => {
    expect(await found('coverage', 1, GUICHET_FUZZ_EDGES === 'all' ? undefined : LOOKED_INTO)).to.equal('');
  });

  it('answers requests that go on from its own answers as it says that it does', async () => {
    expect(await found('stateful', Number(EXAMPLES))).to.equal('');
  });
});
