/** The signer's process: opens the keys and the log, listens on its socket, and on a signal ends after the last answer. */
import { pino } from 'pino';
import { run } from '../../committee/service/configuration.js';
import { ERROR_SERIALIZERS } from '../../committee/service/log-errors.js';
import { readConfig } from '../config.js';
import { KeyStore } from './key-store.js';
import { serveSigner } from './server.js';
import { SignatureLimit } from './signature-limit.js';
import { SignatureLog } from './signature-log.js';
import { Signer } from './signer.js';

await run(async () => {
  const { profile, logLevel, signaturesPerMinute } = readConfig();
  const { socket, storeDir, logFile, keyFile } = profile.signer;
  const logger = pino({ name: `signer ${profile.name}`, level: logLevel, serializers: ERROR_SERIALIZERS });
  const store = await KeyStore.open({ directory: storeDir, encryptionKeyFile: keyFile });
  const report = (message: string, details: object) => logger.warn(details, message);
  const log = await SignatureLog.open(logFile, { report });
  const signer = new Signer({ store, log, limit: new SignatureLimit({ signaturesPerMinute }) });
  const close = await serveSigner({
    keys: signer,
    socket,
    onError: (error) => logger.error({ err: error }, 'a call failed'),
  });
  logger.info({ socket, keys: store.list().length }, 'the signer listens');

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    close()
      .then(() => log.close())
      .then(() => logger.info('the signer has stopped'))
      .catch((error: unknown) => {
        logger.error({ err: error }, 'the signer did not stop cleanly');
        process.exitCode = 1;
      });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
});
