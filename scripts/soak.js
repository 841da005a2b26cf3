// npm run soak -- --minutes N --seed S: everything that can go wrong, at random, while people book.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runToItsEnd } from './child.js';
import { ROOT } from './project.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d+(\.\d+)?$/.test(value)) continue;
  console.error(`--${name} should be a number.`);
  process.exit(1);
}
const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
const status = await runToItsEnd(
  process.execPath,
  [join(vitest, 'vitest.mjs'), 'run', '--config', 'vitest.soak.config.ts'],
  { cwd: ROOT, env: { ...process.env, SOAK_MINUTES: values.minutes, SOAK_SEED: values.seed } },
);
process.exit(status ?? 1);
