/** Serves our contracts and the probe as our own chaincode is served; with the argument `stock`, by the shim's ordinary messages alone. */
import { serveChaincode } from '../../../chaincode/server.js';

await serveChaincode(
  async () => {
    const { agreeToFounding, contracts } = await import('../../../chaincode/index.js');
    agreeToFounding(process.env.CHAINCODE_FOUNDING ?? '');
    return [...contracts, (await import('./probe-contract.js')).Probe];
  },
  { multiKey: !process.argv.includes('stock') },
);
