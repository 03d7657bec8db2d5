/** Serves our contracts and the probe as our own chaincode is served; with the argument `stock`, by the shim's ordinary messages alone. */
import { serveChaincode } from '../../../chaincode/server.js';

await serveChaincode(
  async () => [...(await import('../../../chaincode/index.js')).contracts, (await import('./probe-contract.js')).Probe],
  { multiKey: !process.argv.includes('stock') },
);
