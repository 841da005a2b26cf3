import fc from 'fast-check';
import { dateOf, wallOf, wallTime } from '../calendar.ts';
import { command, picked } from '../commands.ts';
import type { Shop } from '../shop.ts';
import { expectAnswer, expectConflicts, outsideWork, withinRange } from './record.ts';
import { periodsOf, shiftsOf, wireWeek } from './week.ts';

interface Stretch {
  readonly day: number;
  readonly from: number;
  readonly halfHours: number;
  readonly isWhole: boolean;
}

const stretch: fc.Arbitrary<Stretch> = fc.record({
  day: fc.nat(20),
  from: fc.nat(47),
  halfHours: fc.integer({ min: 1, max: 70 }),
  isWhole: fc.boolean(),
});

/** Of a closure or time off: whole days, or between two times; and what it is on the wire. */
function stretchOf({ calendar, slug: shop }: Shop, { day, from: start, halfHours, isWhole }: Stretch) {
  const start_date = picked(calendar.dates, day);
  const from = wallOf(start_date) + (isWhole ? 0 : start * 30);
  const to = from + (isWhole ? (1 + (halfHours % 2)) * 1440 : halfHours * 30);
  const dates = { shop, start_date, end_date: dateOf(to - 1) };
  const times = { start_time: wallTime(from % 1440), end_time: wallTime(to % 1440 || 1440) };
  return { from, to, body: isWhole ? dates : { ...dates, ...times } };
}

const close = command({
  name: 'close the shop',
  parameters: stretch,
  async run(shop, servers, stretch, process) {
    const { body, ...range } = stretchOf(shop, stretch);
    const answer = await servers.send(process, 'POST', '/admin/closures', { as: 'admin', body });
    expectAnswer(answer, '201');
    expectConflicts(answer, withinRange(shop, range));
    const { id }: { id: number } = JSON.parse(answer.text);
    shop.closures.push({ ...range, id });
  },
});

const reopen = command({
  name: 'reopen the shop',
  parameters: fc.nat(20),
  isPossible: ({ closures }) => closures.length > 0,
  async run(shop, servers, pick, process) {
    const { id } = picked(shop.closures, pick);
    const path = `/admin/closures/${id}?shop=${shop.slug}`;
    expectAnswer(await servers.send(process, 'DELETE', path, { as: 'admin' }), '204');
    shop.closures = shop.closures.filter((closure) => closure.id !== id);
  },
});

const giveTimeOff = command({
  name: 'give time off',
  parameters: fc.record({ barber: fc.nat(20), stretch }),
  async run(shop, servers, { barber: pick, stretch }, process) {
    const barber = picked(shop.barbers, pick);
    const { body, ...range } = stretchOf(shop, stretch);
    const path = `/admin/barbers/${barber.id}/time-off`;
    const answer = await servers.send(process, 'POST', path, { as: 'admin', body });
    expectAnswer(answer, '201');
    expectConflicts(answer, withinRange(shop, range, barber));
    const { id }: { id: number } = JSON.parse(answer.text);
    barber.timeOff.push({ ...range, id });
  },
});

const takeTimeOffBack = command({
  name: 'take time off back',
  parameters: fc.nat(20),
  isPossible: ({ barbers }) => barbers.some(({ timeOff }) => timeOff.length > 0),
  async run(shop, servers, pick, process) {
    const given = shop.barbers.flatMap((barber) => barber.timeOff.map(({ id }) => ({ barber, id })));
    const { barber, id } = picked(given, pick);
    const path = `/admin/barbers/${barber.id}/time-off/${id}?shop=${shop.slug}`;
    expectAnswer(await servers.send(process, 'DELETE', path, { as: 'admin' }), '204');
    barber.timeOff = barber.timeOff.filter((other) => other.id !== id);
  },
});

const override = command({
  name: 'override',
  parameters: fc.record({ barber: fc.nat(20), day: fc.nat(20), shift: fc.nat(20) }),
  async run(shop, servers, { barber: pick, day, shift }, process) {
    const barber = picked(shop.barbers, pick);
    const date = picked(shop.calendar.dates, day);
    const periods = picked(shop.shifts, shift);
    const body = { shop: shop.slug, date, periods: periodsOf(periods) };
    const path = `/admin/barbers/${barber.id}/overrides`;
    const answer = await servers.send(process, 'POST', path, { as: 'admin', body });
    expectAnswer(answer, '201');
    barber.overrides.set(date, periods);
    const dates = [date, dateOf(wallOf(date) + 1440)];
    const isNear = (start: number) => dates.includes(dateOf(shop.calendar.wall[start] ?? 0));
    expectConflicts(
      answer,
      outsideWork(shop, barber).filter(({ start }) => isNear(start)),
    );
  },
});

const endOverride = command({
  name: 'end an override',
  parameters: fc.record({ barber: fc.nat(20), day: fc.nat(20) }),
  isPossible: ({ barbers }) => barbers.some(({ overrides }) => overrides.size > 0),
  async run(shop, servers, { barber: pick, day }, process) {
    const barber = picked(shop.barbers, pick);
    const date = picked(shop.calendar.dates, day);
    const path = `/admin/barbers/${barber.id}/overrides/${date}?shop=${shop.slug}`;
    const answer = await servers.send(process, 'DELETE', path, { as: 'admin' });
    expectAnswer(answer, barber.overrides.delete(date) ? '204' : '404 not_found');
  },
});

const changeHours = command({
  name: 'change hours',
  parameters: fc.record({ barber: fc.nat(20), shifts: fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }) }),
  async run(shop, servers, { barber: pick, shifts }, process) {
    const barber = picked(shop.barbers, pick);
    barber.week = shiftsOf(shop, shifts);
    const body = { shop: shop.slug, weekly_hours: wireWeek(barber.week) };
    const answer = await servers.send(process, 'PUT', `/admin/barbers/${barber.id}/hours`, {
      as: 'admin',
      body,
    });
    expectAnswer(answer, '200');
    expectConflicts(answer, outsideWork(shop, barber));
  },
});

export const scheduleSteps = [
  close,
  reopen,
  giveTimeOff,
  takeTimeOffBack,
  override,
  endOverride,
  changeHours,
];
