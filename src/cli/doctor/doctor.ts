import { Command } from 'commander';
import type { Config } from '../../config.ts';
import { screenOf } from '../terminal/screen.ts';
import { checkEmbedded } from './embedded.ts';
import { type Finding, type Judgement, worstOf } from './finding.ts';
import { checkPostgres } from './postgres/check.ts';
import { checkRedis } from './redis/check.ts';
import { renderReport } from './report.ts';
import { judgeAddress, lookAtAddress } from './server.ts';
import { checkSettings } from './settings/check.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the settings, Postgres, Redis and the port, and say what to fix')
    .option(
      '--json',
      'print what was found for programs: {verdict, findings: [{area, check, verdict, message, fix}]}',
    )
    .addHelpText(
      'after',
      `
Changes nothing (one key of Redis lapses after a second), and prints no password. Run it where the
server runs, with the same settings. Ends with 1 when there is a problem, with 0 when there are
warnings at most.

An embedded Postgres is started for a moment where it is not running. While a server has it, only
that server can ask it: how it is comes from /health then.`,
    )
    .action(doctor);
}

async function doctor({ json = false }: { readonly json?: boolean }): Promise<void> {
  const findings = await examine();
  const verdict = worstOf(findings.map((finding) => finding.verdict));
  console.log(
    json
      ? JSON.stringify({ verdict, findings }, undefined, 2)
      : renderReport(findings, screenOf(process.stdout)),
  );
  if (verdict === 'problem') process.exitCode = 1;
}

async function examine(): Promise<Finding[]> {
  const { config, found } = checkSettings();
  const settings = inArea('settings', found);
  if (config === undefined) return settings;
  const [postgres, redis, address] = await Promise.all([
    checkDatabase(config),
    checkRedis(config.REDIS_URL),
    lookAtAddress(config),
  ]);
  return [
    ...settings,
    ...inArea('Postgres', postgres),
    ...inArea('Redis', redis),
    ...inArea('server', [judgeAddress(address, config)]),
  ];
}

function checkDatabase({ DATABASE_URL, DATA_DIR }: Config): Promise<Judgement[]> {
  return DATABASE_URL === undefined ? checkEmbedded(DATA_DIR) : checkPostgres(DATABASE_URL);
}

function inArea(area: Finding['area'], found: readonly Judgement[]): Finding[] {
  return found.map((judgement) => ({ area, ...judgement }));
}
