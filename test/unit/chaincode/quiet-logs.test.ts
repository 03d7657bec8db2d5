/** Loggers of a chaincode format nothing that is below the level in force: that was a third of its CPU. */
import { createRequire } from 'node:module';
import { expect } from 'chai';
import sinon from 'sinon';
import { quietenLogs } from '../../../chaincode/server.js';

interface Log {
  readonly format: { transform(info: object): object };
  readonly error: (message: string) => void;
  readonly info: (message: string) => void;
  readonly debug: (message: string, ...values: unknown[]) => void;
  readonly silly: (message: string) => void;
}
interface LoggerModule {
  getLogger: (name?: string) => Log;
}

const LEVEL = Symbol.for('level');
const require = createRequire(import.meta.url);

describe('a chaincode’s quiet loggers', () => {
  for (const path of ['fabric-shim/lib/logger.js', 'fabric-contract-api/lib/logger.js'])
    describe(path, () => {
      const module = require(path) as LoggerModule;
      const { getLogger } = module;
      const level = process.env.CORE_CHAINCODE_LOGGING_LEVEL;
      beforeEach(() => Reflect.deleteProperty(process.env, 'CORE_CHAINCODE_LOGGING_LEVEL'));
      afterEach(() => {
        module.getLogger = getLogger;
        if (level === undefined) Reflect.deleteProperty(process.env, 'CORE_CHAINCODE_LOGGING_LEVEL');
        else process.env.CORE_CHAINCODE_LOGGING_LEVEL = level;
      });

      /** How often it formats; what it has formatted goes nowhere. */
      const formatted = (log: Log) =>
        sinon.stub(log.format, 'transform').callsFake((info) => ({ ...info, [LEVEL]: 'silly' }));
      const sayBelow = (log: Log) => {
        log.debug('a transaction of %s', 'somebody');
        log.silly('more of it');
      };

      it('format nothing below their level, and what is at it', () => {
        quietenLogs();
        const log = module.getLogger('quiet');
        const formats = formatted(log);
        sayBelow(log);
        expect(formats.callCount).to.equal(0);
        log.info('it has begun');
        log.error('it has failed');
        expect(formats.callCount).to.equal(2);
      });

      it('do where nobody quietens them', () => {
        const log = module.getLogger('loud');
        const formats = formatted(log);
        sayBelow(log);
        expect(formats.callCount).to.equal(2);
      });

      it('format what a peer wants to read', () => {
        process.env.CORE_CHAINCODE_LOGGING_LEVEL = 'DEBUG';
        quietenLogs();
        const log = module.getLogger('wanted');
        const formats = formatted(log);
        log.debug('a transaction');
        expect(formats.callCount).to.equal(1);
      });
    });
});
