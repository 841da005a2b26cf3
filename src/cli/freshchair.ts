#!/usr/bin/env node
import { Command } from 'commander';
import { ownVersion } from '../version.ts';
import { cacheCommand } from './cache/cache.ts';
import { createAdminCommand } from './create-admin.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { reportFailure } from './failure.ts';
import { migrateCommand } from './migrate.ts';
import { seedCommand } from './seed.ts';
import { serveCommand } from './serve.ts';

const program = new Command('freshchair')
  .description('Booking server for barbershops: availability that is instant and never stale.')
  .version(ownVersion())
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(seedCommand())
  .addCommand(createAdminCommand())
  .addCommand(cacheCommand())
  .addCommand(doctorCommand())
  .addHelpText(
    'after',
    `
Settings come from the environment and from a file .env in the current folder;
docs/configuration.md lists them. "freshchair <command> --help" says more.`,
  );

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
}
