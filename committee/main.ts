/** A committee node's process: reads its profile, opens its stores, listens, follows the ledger, and on a signal leaves without losing an answer. */
import type { Logger } from 'pino';
import { readConfig } from './config.js';
import { createApp } from './http/app.js';
import { createLogger } from './logger.js';
import { openNode } from './open-node.js';
import { run } from './service/configuration.js';
import { listen } from './service/listen.js';

/** With its body, which is small: who sends one slowly holds a connection no longer. */
const REQUEST_MS = 10_000;

await run(async () => {
  const { profile, logLevel } = readConfig();
  const logger = createLogger(`committee ${profile.organization}/${profile.node}`, logLevel);
  const node = await openNode(profile, logger);
  const { served, metrics } = node;
  const listening = await listen(createApp({ served, metrics, logger }), { ...profile.listen, requestMs: REQUEST_MS });
  logger.info({ host: listening.host, port: listening.port, mspId: profile.mspId }, 'the node listens');
  const stopping = new AbortController();
  const running = node.run(stopping.signal);
  await signalled(logger);
  // First the door, then what is under way, then stores and connections: nothing keeps the process alive after that.
  stopping.abort();
  await listening.drain();
  await running;
  await node.close();
  logger.info('the node has stopped');
});

function signalled(logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    const once = (signal: string) => {
      logger.info({ signal }, 'the node stops');
      resolve();
    };
    process.once('SIGTERM', once);
    process.once('SIGINT', once);
  });
}
