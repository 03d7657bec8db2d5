/** How to deploy our chaincode with the probe, under a name of its own: a second consortium on the same channel. */
import { fileURLToPath } from 'node:url';
import type { ChaincodeDeployment } from '../../../network/network.js';

export const probeChaincode = (name: string, ...args: readonly 'stock'[]): ChaincodeDeployment => ({
  name,
  version: '1.0',
  sequence: 1,
  command: ['node', fileURLToPath(new URL('server.js', import.meta.url)), ...args],
});
