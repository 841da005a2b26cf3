import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time of a process in hundredths of a second, whatever the machine. */
const TICK_US = 10_000;

/**
 * The CPU that a Postgres on this machine has used so far, sessions that are over included: microseconds, undefined
 * where the system does not say. `backend` is the process of one of its sessions.
 */
export function postgresCpu(backend) {
  const postmaster = statOf(backend)?.parent;
  const own = postmaster === undefined ? undefined : statOf(postmaster);
  if (own === undefined) return undefined;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === postmaster);
  const ticks = living.reduce((sum, { ticks }) => sum + ticks, own.ticks + own.ticksOfEnded);
  return ticks * TICK_US;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; what follows the name in brackets. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, ...more] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user, system, userOfEnded, systemOfEnded] = more.slice(9, 13);
    return { parent, ticks: user + system, ticksOfEnded: userOfEnded + systemOfEnded };
  } catch {
    return undefined;
  }
}
