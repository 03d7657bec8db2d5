/** A committee node's process: reads its profile, opens its stores, listens, follows the ledger, and on a signal leaves without losing an answer. */
import { pino, type Logger } from 'pino';
import { ConfigError, readConfig } from './config.js';
import { createApp } from './http/app.js';
import { listen } from './http/server.js';
import { openNode } from './open-node.js';

async function main(): Promise<void> {
  const { profile, logLevel } = readConfig();
  const logger = pino({ name: `committee ${profile.organization}/${profile.node}`, level: logLevel });
  const node = await openNode(profile, logger);
  const { served, metrics } = node;
  const listening = await listen(createApp({ served, metrics, logger }), profile.listen);
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
}

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

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const mistake of error.mistakes) process.stderr.write(`${mistake}\n`);
  process.exitCode = 1;
}
