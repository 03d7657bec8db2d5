/** `npm run audit -- market <id>`: recomputes a sealed market from one peer's blocks. Ends with 1 at the first difference. */
import { writeFileSync } from 'node:fs';
import { ConfigError, run } from '../../committee/service/configuration.js';
import { readNetwork } from '../config.js';
import { systemClock } from '../fabric/clock.js';
import { Connection } from '../fabric/connection.js';
import { OwnBlocks } from '../fabric/own-blocks.js';
import type { FabricProfile } from '../fabric/profile.js';
import { readArguments, type AuditQuestion } from './arguments.js';
import { exportOf } from './export.js';
import { isSound, pageOf } from './page.js';
import type { MarketAudit } from './audit.js';
import { runAudit, type AuditReport } from './run.js';
import { auditedLedger } from './transactions.js';

await run(async () => {
  const question = readArguments(process.argv.slice(2));
  const profile = profileOf(question);
  const connection = new Connection({ profile, clock: systemClock });
  try {
    const blocks = new OwnBlocks({ connection, clock: systemClock });
    const { report, audit } = await runAudit(
      auditedLedger(blocks, profile.channel, profile.chaincode),
      question.market,
    );
    process.stdout.write(question.json ? `${JSON.stringify(report)}\n` : pageOf(report));
    if (!isSound(report)) process.exitCode = 1;
    if (question.exportTo !== undefined) writeExport(question.exportTo, report, audit);
  } finally {
    connection.close();
  }
});

function profileOf({ organization }: AuditQuestion): FabricProfile {
  const { profiles } = readNetwork();
  const profile = profiles.find(({ mspId }) => organization === undefined || mspId === organization);
  if (!profile) throw new ConfigError([`--organization: the network has no gateway of ${organization ?? 'anybody'}`]);
  return profile;
}

/** @throws {ConfigError} where there is nothing that an outsider could recompute, or what there is differs */
function writeExport(file: string, report: AuditReport, audit: MarketAudit): void {
  if (!isSound(report)) throw new ConfigError(['--export: nothing was written, for there is no market that agrees']);
  const exported = exportOf(audit, report.throughBlock);
  if (!exported) throw new ConfigError(['--export: nothing was written, for the market has not closed yet']);
  writeFileSync(file, `${JSON.stringify(exported, null, 1)}\n`);
}
