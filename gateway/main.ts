/** A gateway's process: reads its profile, opens the ledger and the signer's socket, listens, and on a signal leaves without losing an answer. */
import { sql } from 'kysely';
import { pino, type Logger } from 'pino';
import { createApp } from './app.js';
import { createAuth } from './auth/create-auth.js';
import { identityPolicyOf } from './attestation/identity-policy.js';
import { run } from '../committee/service/configuration.js';
import { readConfig, readToken, type Profile } from './config.js';
import { systemClock, type Report } from './fabric/clock.js';
import { openFabric, type Fabric } from './fabric/index.js';
import { listen } from '../committee/service/listen.js';
import { ReadGate } from './http/middleware/shed-reads.js';
import { blocksPort, networkPort, recordsPort } from './ledger-ports.js';
import { Leaving } from './leaving.js';
import { nodeClosings } from './markets/closings.js';
import { Metrics, type Delivered } from './metrics/metrics.js';
import { Turns } from './markets/turns.js';
import { MarketWorker, type WorkerOptions } from './markets/worker.js';
import { ReadModelThread } from './projection/read-model-thread.js';
import { providerOf } from './payments/payments.js';
import { eventBlocks } from './push/event-blocks.js';
import { openPush } from './push/push.js';
import { openLanes } from './lanes/open-lanes.js';
import { answering } from './holds/answering-book.js';
import { StoredHolds } from './holds/stored-holds.js';
import { Heights } from './projection/heights.js';
import { createServices } from './services.js';
import { openStore } from './store/open-store.js';
import { SignerClient } from './signer/client.js';
import { ledgerBlocks } from './statements/from-fabric.js';
import { Statements } from './statements/statements.js';

function portsOf(fabric: Fabric, { chaincode }: Profile) {
  const { submitter, records, blocks } = fabric;
  const heights = new Heights(systemClock);
  fabric.stream.onBlock(({ number }) => heights.advance(number + 1));
  return {
    submitter,
    records: recordsPort(records),
    blocks: blocksPort(blocks, chaincode),
    network: networkPort(() => fabric.status()),
    seenHeight: () => fabric.stream.height,
    reachHeight: (blocks: number, withinMs: number) => heights.reach(blocks, withinMs),
  };
}

const placeOf = ({ mspId, channel, consensus, publicUrl }: Profile) => ({ mspId, channel, consensus, publicUrl });

const LEVELS = { alarm: 'error', warning: 'warn', info: 'info' } as const;

function reportTo(logger: Logger): Report {
  return (level, message, { cause, ...details }) =>
    logger[LEVELS[level]]({ ...details, ...(cause !== undefined && { err: cause }) }, message);
}

/** What drives markets, and what a market asks nodes. */
function marketOptions(profile: Profile, { submitter, records }: Fabric, report: Report): WorkerOptions {
  const { mspId: own, channel, gateways, committeeNodes: nodes } = profile;
  const port = recordsPort(records);
  const now = () => systemClock.now();
  const closings = nodeClosings({
    ...{ nodes, channel, records: port },
    failed: (of, failures) => report('warning', 'nodes did not say that a market may close', { ...of, failures }),
  });
  const turns = new Turns({ own, organizations: gateways.map(({ mspId }) => mspId), now });
  return { channel, records: port, submitter, closings, clock: systemClock, turns, report };
}

await run(async () => {
  const {
    profile,
    logLevel,
    attestationsPerMinute,
    drivesMarkets,
    drainNoticeMs: noticeMs,
    auth: authConfig,
    payments: paymentSettings,
    webhookTargets,
    maxHeldSeats,
    peerUrl,
    ...databases
  } = readConfig();
  const logger = pino({ name: `gateway ${profile.name}`, level: logLevel });
  const token = readToken(profile.tokenFile);
  const report = reportTo(logger);
  const readGate = new ReadGate({ clock: systemClock });
  const metrics = new Metrics(() => ({
    reads: readGate.figures,
    lanes: fabric.submitter.counts,
    height: fabric.stream.height,
    lag: readModel.lag,
  }));
  const delivered = (batch: Delivered) => metrics.delivered(batch);
  const fabric = openFabric(profile, { report, renewed: () => readConfig().profile, lanes: { delivered } });
  const signer = new SignerClient({ socket: profile.signer.socket });
  const blocks = ledgerBlocks(fabric.ownBlocks, profile.chaincode);
  const statements = new Statements({ blocks, tariffs: profile.operatorsFee, report });
  const readModel = new ReadModelThread({ place: databases.database, profile, clock: systemClock, report });
  const leaving = new Leaving({ logger, noticeMs });
  const store = await openStore(databases.store, report, () => leaving.fail('its store has died'));
  const push = await openPush({
    blocks: eventBlocks(fabric.ownBlocks, profile.chaincode),
    ...{ store, keyFile: profile.storeKeyFile, networks: webhookTargets, report },
  });
  const ports = portsOf(fabric, profile);
  const { mspId } = profile;
  const auth = createAuth({ ...authConfig, mspId, token, store, records: ports.records, clock: systemClock, report });
  await auth.start();
  const paying = { store, clock: systemClock, report };
  const provider = providerOf(paymentSettings, paying);
  const holdBook = answering(new StoredHolds(store, 'url' in databases.store));
  const lanes = openLanes(store, { isShared: holdBook.isShared, url: peerUrl, clock: systemClock, report });
  const holding = { holdBook, maxHeldSeats, ...(lanes && { lanes }) };
  const identityPolicy = identityPolicyOf(profile.identityPolicy);
  const place = placeOf(profile);
  const health = { isLeaving: () => leaving.hasBegun, storeAnswers: () => sql`select 1`.execute(store) };
  const own = { place, signer, statements, readModel, store, push, health, identityPolicy, attestationsPerMinute };
  const driving = marketOptions(profile, fabric, report);
  const markets = new MarketWorker(driving);
  const paid = { payments: provider && { ...paying, provider } };
  const services = createServices({
    ...ports,
    ...own,
    ...auth.services,
    ...paid,
    ...holding,
    closings: driving.closings,
  });
  const { callers } = auth;
  const app = createApp({
    services,
    callers,
    proxies: authConfig.proxies,
    logger,
    metrics,
    readGate,
    sharesAnswers: true,
  });
  const listening = await listen(app, profile.listen);
  readGate.start();
  fabric.clockwork.start();
  fabric.stream.onBlock((block) => statements.follow(block));
  fabric.stream.onBlock((block) => markets.follow(block));
  fabric.stream.onBlock((block) => readModel.see(block));
  await readModel.start();
  fabric.stream.onBlock((block) => push.log.see(block));
  push.couriers.start();
  if (drivesMarkets) markets.start();
  services.payments?.worker.start();
  logger.info({ host: listening.host, port: listening.port, mspId: profile.mspId }, 'the gateway listens');
  // First the door, then what is under way, then the connections: nothing keeps the process alive after that.
  leaving.onSignal([
    () => push.streams.close(),
    () => listening.drain(),
    () => readGate.close(),
    () => push.close(),
    () => markets.close(),
    () => services.payments?.worker.close(),
    () => readModel.close(),
    () => fabric.close(),
    () => auth.close(),
    () => lanes?.owners.close(),
    () => store.destroy(),
    () => signer.close(),
  ]);
});
