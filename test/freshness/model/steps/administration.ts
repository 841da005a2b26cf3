import fc from 'fast-check';
import { daysBetween } from '../calendar.ts';
import { command, picked } from '../commands.ts';
import { POLICIES, type Service, type Shop } from '../shop.ts';
import { expectAnswer, expectConflicts, outsideWork } from './record.ts';
import { shiftsOf, wireWeek } from './week.ts';

const MONTH = 43_200;

const retire = command({
  name: 'retire or bring back',
  parameters: fc.record({ barber: fc.nat(20), active: fc.boolean() }),
  async run(shop, servers, { barber: pick, active }, process) {
    const barber = picked(shop.barbers, pick);
    barber.active = active;
    const body = { shop: shop.slug, active };
    const answer = await servers.send(process, 'PATCH', `/admin/barbers/${barber.id}`, { as: 'admin', body });
    expectAnswer(answer, '200');
    expectConflicts(answer, outsideWork(shop, barber));
  },
});

const changeOffers = command({
  name: 'change offers',
  parameters: fc.record({
    barber: fc.nat(20),
    durations: fc.array(fc.constantFrom('none' as const, null, 20, 45, 90), { minLength: 1, maxLength: 3 }),
  }),
  async run(shop, servers, { barber: pick, durations }, process) {
    const barber = picked(shop.barbers, pick);
    const offers = shop.services.flatMap(({ id, name }, i) => {
      const duration = picked(durations, i);
      return duration === 'none' ? [] : [{ id, name, duration }];
    });
    barber.offers = new Map(offers.map(({ name, duration }) => [name, duration]));
    const services = offers.map(({ id, duration }) => ({ service_id: id, duration_minutes: duration }));
    const body = { shop: shop.slug, services };
    const answer = await servers.send(process, 'PATCH', `/admin/barbers/${barber.id}`, { as: 'admin', body });
    expectAnswer(answer, '200');
  },
});

const changeService = command({
  name: 'change a service',
  parameters: fc.record({
    service: fc.nat(20),
    duration: fc.constantFrom(15, 30, 40, 60),
    before: fc.constantFrom(0, 10, 60),
    after: fc.constantFrom(0, 5, 30),
    active: fc.nat(3).map((n) => n < 3),
  }),
  async run(shop, servers, { service: pick, duration, before, after, active }, process) {
    const service = picked(shop.services, pick);
    const body = {
      shop: shop.slug,
      duration_minutes: duration,
      buffer_before_minutes: before,
      buffer_after_minutes: after,
      active,
    };
    const answer = await servers.send(process, 'PATCH', `/admin/services/${service.id}`, {
      as: 'admin',
      body,
    });
    expectAnswer(answer, '200');
    const changed: Service = { ...service, duration, before, after, active };
    shop.services = shop.services.map((other) => (other === service ? changed : other));
  },
});

const changeSettings = command({
  name: 'change settings',
  parameters: fc.record(
    {
      slotMinutes: fc.constantFrom(15, 25, 30, 45, 60),
      // Nothing else can be seen while it lasts.
      noticed: fc.nat(5).map((n) => n === 5),
      cancellationNoticed: fc.boolean(),
      lastDay: fc.nat(20),
      policy: fc.constantFrom(...POLICIES),
    },
    { requiredKeys: ['policy'] },
  ),
  async run(shop, servers, given, process) {
    const { slotMinutes, noticed, cancellationNoticed, lastDay, policy } = given;
    shop.policy = policy;
    if (slotMinutes !== undefined) shop.slotMinutes = slotMinutes;
    if (noticed !== undefined) shop.noticed = noticed && shop.isNear;
    if (cancellationNoticed !== undefined) shop.cancellationNoticed = cancellationNoticed && shop.isNear;
    if (lastDay !== undefined) shop.lastDay = lastDay % shop.calendar.dates.length;
    const body = {
      shop: shop.slug,
      slot_duration_minutes: slotMinutes,
      notice_minutes: noticed === undefined ? undefined : shop.noticed ? MONTH : 0,
      cancellation_notice_minutes:
        cancellationNoticed === undefined ? undefined : shop.cancellationNoticed ? MONTH : 0,
      horizon_days: lastDay === undefined ? undefined : horizonOf(shop),
      assignment_policy: policy,
    };
    const answer = await servers.send(process, 'PATCH', '/admin/shop', { as: 'admin', body });
    expectAnswer(answer, '200');
    expectConflicts(answer, outsideWork(shop));
  },
});

const changeOpening = command({
  name: 'change opening hours',
  parameters: fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }),
  async run(shop, servers, shifts, process) {
    shop.openingHours = shiftsOf(shop, shifts);
    const body = { shop: shop.slug, opening_hours: wireWeek(shop.openingHours) };
    const answer = await servers.send(process, 'PATCH', '/admin/shop', { as: 'admin', body });
    expectAnswer(answer, '200');
    expectConflicts(answer, outsideWork(shop));
  },
});

/** In days from today. */
export function horizonOf({
  today,
  calendar,
  lastDay,
}: Pick<Shop, 'today' | 'calendar' | 'lastDay'>): number {
  return daysBetween(today, picked(calendar.dates, lastDay));
}

export const administrationSteps = [
  retire,
  changeOffers,
  changeService,
  changeSettings,
  changeSettings,
  changeOpening,
];
