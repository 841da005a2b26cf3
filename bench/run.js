// `npm run bench`: measures what docs/benchmarks.md shows, and with `-- --write` puts the figures into it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchLoading } from './loading.js';
import { benchReading } from './reading.js';
import { machine, table } from './report.js';
import { benchServing } from './serving.js';
import { openWorld } from './world.js';

const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const MARKED = /(<!-- figures -->)[\s\S]*(<!-- end of figures -->)/;

console.log('Measuring for about two minutes …');
const world = await openWorld();
try {
  const lines = [
    ...(await benchReading(world)),
    ...(await benchLoading(world)),
    ...(await benchServing(world)),
  ];
  const figures = `${table(lines)}\n\n${machine(world.postgresVersion)}`;
  console.log(`\n${figures}`);
  if (process.argv.includes('--write')) {
    const text = readFileSync(DOCUMENT, 'utf8');
    writeFileSync(DOCUMENT, text.replace(MARKED, `$1\n\n${figures}\n\n$2`));
  }
} finally {
  await world.close();
}
