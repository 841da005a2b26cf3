import { Command } from 'commander';
import { Value } from 'typebox/value';
import { createAdministrator } from '../auth/administrator.ts';
import { SETTINGS } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { withPostgres } from './database.ts';
import { readEnvironment } from './environment.ts';
