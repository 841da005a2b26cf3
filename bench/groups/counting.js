import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newRead } from '../../dist/availability/source.js';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { createMetrics } from '../../dist/insight/metrics/metrics.js';
import { comparisonOf } from '../measuring/report.js';
import { measure, repeated } from '../measuring/rounds.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What is taken out of the program to see what it costs: file, text, and what stands there instead. */
const COUNTING = [
  [
    'availability/versioned-cache.js',
    'if (read?.warming !== true)\n            repeated(values.length);',
    '',
  ],
  ['availability/versioned-cache.js', 'noteInScope(values.length, 0, false);', ''],
  ['availability/versioned-cache.js', 'read.hitsOf[kind.name] += values.length;', ''],
  ['availability/versioned-cache.js', 'const isTimed = --untilSample <= 0;', 'const isTimed = false;'],
  ['availability/source.js', 'hitsOf: { days: 0, schedules: 0, rules: 0 }', 'hitsOf: NOTHING'],
  ['availability/source.js', 'export function newRead', 'const NOTHING = {};\nexport function newRead'],
  ['booking/service.js', 'return tracedBookings(', 'return ('],
];

/** What a hot read costs with everything that is counted of it, and without. */
export async function benchCounting(bench) {
  const { connectionString, shopId, barberId, date } = await bench.world();
  const without = await programWithout(COUNTING, join(bench.postgres.directory, 'without-counting'));
  const services = {
    counted: createCachedBookingService({ databaseUrl: connectionString }),
    silent: without.createCachedBookingService({ databaseUrl: connectionString }),
  };
  try {
    const [query, request] = [
      { shopId, barberIds: [barberId], from: date, to: date },
      { shop: 'busy', targetDate: date, barberId, service: 'Haircut' },
    ];
    const newReads = { counted: newRead, silent: without.newRead };
    const cases = Object.entries(services).flatMap(([name, { source, ...service }]) => [
      { name: `load ${name}`, run: repeated(() => source.load(query, newReads[name]())) },
      {
        name: `slots ${name}`,
        run: repeated(() => service.getAvailableSlotsWithBarberAvailability(request)),
      },
    ]);
    const { requests } = createMetrics(services.counted);
    cases.push({
      name: 'request',
      run: repeated(() => requests.observe('GET', '/api/v2/bookings/available-slots', 200, 0.05)),
    });
    for (const { following } of Object.values(services)) await following();
    const figures = await measure(cases);
    const { line, against } = comparisonOf(figures);
    return [
      line('One day through `load`, what becomes of it counted', 'load counted'),
      line('The same without', 'load silent'),
      against('Its CPU with counting against without', 'load counted', 'load silent'),
      line('All slots of a day, counted, in a span where somebody collects them', 'slots counted'),
      line('The same without', 'slots silent'),
      against('Its CPU with counting against without', 'slots counted', 'slots silent'),
      line('What a request over HTTP costs more for `/metrics`', 'request'),
    ];
  } finally {
    for (const { close } of Object.values(services)) await close();
  }
}

/** The program as it is built, in a folder of its own, but for these texts. */
async function programWithout(texts, folder) {
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [file, text, instead] of texts) {
    const path = join(folder, 'dist', file);
    const program = readFileSync(path, 'utf8');
    if (!program.includes(text)) throw new Error(`${file} does not say "${text}" any more`);
    writeFileSync(path, program.replace(text, instead));
  }
  const importFrom = (file) => import(pathToFileURL(join(folder, 'dist', file)).href);
  const [{ createCachedBookingService: create }, { newRead: read }] = await Promise.all([
    importFrom('booking/cached.js'),
    importFrom('availability/source.js'),
  ]);
  return { createCachedBookingService: create, newRead: read };
}
