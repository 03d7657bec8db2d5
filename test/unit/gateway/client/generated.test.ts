import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { generateClient } from '../../../contract/generate-client.js';

describe('the typed client', () => {
  it('is generated from the document as it is now (npm run api -- client)', async () => {
    const generated = await generateClient();
    expect(generated === readFileSync('gateway/client/generated.ts', 'utf8'), 'gateway/client/generated.ts is stale').to
      .be.true;
    expect(generated).to.include('createSale: {').and.include('CommandState: {');
  });
});
