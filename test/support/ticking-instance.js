// A process with a schedule of its own whose one job writes down each tick, for tests that kill it.
// Arguments: the built folder, the database, milliseconds from tick to tick.
const [dist, connectionString, every] = process.argv.slice(2);
const { openDatabase } = await import(`${dist}/database/connection.js`);
const { openJobQueue } = await import(`${dist}/warming/job-queue.js`);
const { createSchedule } = await import(`${dist}/warming/schedule.js`);

const clock = { now: Date.now };
const { pool, close } = openDatabase(connectionString, { max: 1 });
const schedule = createSchedule({
  queue: openJobQueue(connectionString),
  clock,
  log: console,
  jobs: [{ name: 'tick', everyMinutes: Number(every) / 60_000, run }],
});
schedule.start();
console.log('ready');
process.once('SIGTERM', async () => {
  await schedule.close();
  await close();
});

async function run(_signal, tick) {
  await pool.query('insert into tick (tick, pid) values ($1, $2)', [tick, process.pid]);
  console.log(`began ${tick}.`);
  // Longer than an instant, so that a kill meets it.
  await pool.query('select pg_sleep(0.02)');
  await pool.query('update tick set ended = true where tick = $1 and pid = $2', [tick, process.pid]);
  console.log(`ended ${tick}.`);
}
