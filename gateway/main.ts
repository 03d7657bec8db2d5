/** A gateway's process: reads its configuration, opens the ledger and the store, listens, and on a signal leaves without losing an answer. */
import { pino } from 'pino';
import { run } from '../committee/service/configuration.js';
import { listen } from '../committee/service/listen.js';
import { ERROR_SERIALIZERS } from '../committee/service/log-errors.js';
import { createApp } from './app.js';
import { identityPolicyOf } from './attestation/identity-policy.js';
import { readConfig, readStart } from './config.js';
import { systemClock } from './fabric/clock.js';
import { ReadGate } from './http/middleware/shed-reads.js';
import { Leaving } from './leaving.js';
import { Metrics } from './metrics/metrics.js';
import { openDurable } from './open-durable.js';
import { openLedger } from './open-ledger.js';
import { reportTo } from './report.js';
import { createServices } from './services.js';
import { SignerClient } from './signer/client.js';

await run(async () => {
  const config = readStart();
  const { profile } = config;
  const logger = pino({ name: `gateway ${profile.name}`, level: config.logLevel, serializers: ERROR_SERIALIZERS });
  const report = reportTo(logger);
  const leaving = new Leaving({ logger, noticeMs: config.drainNoticeMs });
  const readGate = new ReadGate({ clock: systemClock });
  const metrics = new Metrics(() => ({
    reads: readGate.levels,
    lanes: ledger.fabric.submitter.counts,
    height: ledger.fabric.stream.height,
    lag: ledger.readModel.lag,
  }));
  const ledger = openLedger(config, {
    report,
    renewed: () => readConfig().profile,
    delivered: (batch) => metrics.delivered(batch),
    measured: (span, durationMs) => metrics.measured(span, durationMs),
  });
  const signer = new SignerClient({ socket: profile.signer.socket });
  const onDeath = () => leaving.fail('its store has died');
  const { auth, push, ...durable } = await openDurable(config, { ledger, report, onDeath });
  const { mspId, channel, consensus, publicUrl } = profile;
  const services = createServices({
    ...ledger.ports,
    ...auth.services,
    ...durable.holding,
    ...{ signer, push, payments: durable.payments, keptAnswers: durable.keptAnswers },
    ...{ statements: ledger.statements, readModel: ledger.readModel, closings: ledger.closings },
    place: { mspId, channel, consensus, publicUrl },
    report,
    countRefusal: (code) => metrics.refused(code),
    health: { isLeaving: () => leaving.hasBegun, storeAnswers: durable.storeAnswers },
    identityPolicy: identityPolicyOf(profile.identityPolicy),
    attestationsPerMinute: config.attestationsPerMinute,
  });
  const { callers } = auth;
  const { proxies } = config.auth;
  const app = createApp({ services, callers, proxies, logger, metrics, readGate, sharesAnswers: true });
  const listening = await listen(app, profile.listen);
  readGate.start();
  await ledger.start();
  ledger.fabric.stream.onBlock((block) => push.log.see(block));
  push.couriers.start();
  services.payments?.worker.start();
  logger.info({ host: listening.host, port: listening.port, mspId }, 'the gateway listens');
  // First the door, then what is under way, then the connections: nothing keeps the process alive after that.
  leaving.onSignal([
    () => push.streams.close(),
    () => listening.drain(),
    () => readGate.close(),
    () => push.close(),
    () => services.payments?.worker.close(),
    ...ledger.closing,
    ...durable.closing,
    () => signer.close(),
  ]);
});
