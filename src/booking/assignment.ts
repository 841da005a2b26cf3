import type { AssignmentPolicy } from '../shop/rules.ts';
import type { Workload } from './statements.ts';

/**
 * The order in which free barbers are offered a booking that names none: fewest minutes booked that day;
 * round robin, who waited longest for a booking; or the client's usual barber, then fewest minutes. Then by id.
 */
export function inOrderOfAssignment(policy: AssignmentPolicy, workloads: readonly Workload[]): number[] {
  const byPolicy = {
    fewest_minutes: (a: Workload, b: Workload) => a.minutes - b.minutes,
    round_robin: (a: Workload, b: Workload) => a.lastBookedAt - b.lastBookedAt,
    usual_barber: (a: Workload, b: Workload) => b.visits - a.visits || a.minutes - b.minutes,
  }[policy];
  return [...workloads]
    .sort((a, b) => byPolicy(a, b) || a.barberId - b.barberId)
    .map(({ barberId }) => barberId);
}
