// A process that begins a warm-up which never ends, for a test that kills it. Arguments: the database, a shop's id.
// Needs `npm run build`.
import { openDatabase } from '../../dist/database/connection.js';
import { createWarmUps } from '../../dist/warming/warm-up/warm-ups.js';

const [databaseUrl, shopId] = process.argv.slice(2);
const { db } = openDatabase(databaseUrl);
const half = { days: 2, barbers: 1, cached: 1, alreadyFresh: 0, errors: 0, durationMs: 5, done: 1, total: 2 };
const source = {
  warm({ onProgress }) {
    onProgress(half);
    return new Promise(() => {});
  },
};
const warmUps = createWarmUps({ db, source, log: { info() {}, warn: console.warn }, noteEveryMs: 10 });
const order = { shopId: Number(shopId), from: '2026-11-23', to: '2026-11-24', barberIds: null };
const noted = await warmUps.note(db, order);
void warmUps.run(noted);
process.send(noted.id);
