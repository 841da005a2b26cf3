import { Command, InvalidArgumentError, Option } from 'commander';
import { dateAt } from '../calendar/time.ts';
import { systemClock } from '../clock.ts';
import { migrate } from '../database/migrate.ts';
import { TIMEZONE } from '../seed/plan.ts';
import { seedShop } from '../seed/shop.ts';
import { isReserved, isSlug } from '../shop/names.ts';
import { date, wholeNumber } from './arguments.ts';
import { withPostgres } from './database.ts';
import { readEnvironment } from './environment.ts';
import { CommandError } from './failure.ts';

interface SeedCommandOptions {
  readonly barbers: number;
  readonly days: number;
  readonly fill: number;
  readonly seed: number;
  readonly slug: string;
  readonly from: string | undefined;
}

export function seedCommand(): Command {
  return new Command('seed')
    .description('make a barbershop of any size, with bookings of people who do not exist')
    .addOption(numberOption('--barbers <count>', 'how many work there', 4, wholeNumber(1, 1000)))
    .addOption(
      numberOption('--days <count>', 'for how many days there are bookings', 30, wholeNumber(0, 730)),
    )
    .addOption(numberOption('--fill <share>', 'share of the working time that is booked, 0 to 1', 0.5, share))
    .addOption(
      numberOption('--seed <number>', 'the same number makes the same shop', 1, wholeNumber(0, 2 ** 31)),
    )
    .addOption(new Option('--slug <slug>', 'the name of the shop in URLs').default('main').argParser(slug))
    .addOption(new Option('--from <date>', 'first day with bookings (default: today)').argParser(date))
    .addHelpText(
      'after',
      `
The shop is in New York and open Monday to Saturday, 09:00 to 19:00. Barbers have lunches of 45 minutes, days
off and now and then a short day; they offer services of 30, 45 and 60 minutes with 5 minutes of buffer after.
The grid of slots holds about three quarters of the working time: a higher share gets no more than that.

Settings: DATABASE_URL, or DATA_DIR for the embedded Postgres (with the server stopped).

Example:
  freshchair seed --slug large --barbers 50 --days 60 --fill 0.6`,
    )
    .action((options: SeedCommandOptions) => seed(options));
}

async function seed({ slug, from, ...size }: SeedCommandOptions): Promise<void> {
  const began = performance.now();
  const outcome = await withPostgres(readEnvironment(), async ({ connectionString, db }) => {
    await migrate(connectionString);
    const first = from ?? dateAt(TIMEZONE, systemClock.now());
    return seedShop(db, { ...size, slug, name: nameOf(slug), from: first });
  });
  if (outcome.kind === 'slug_taken') {
    throw new CommandError(`There is a shop "${slug}" already: choose another name with --slug.`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `Made the shop "${slug}": ${size.barbers} barbers, ${outcome.bookings} bookings (${seconds} s).`,
  );
}

/** "main-street" is the Main Street Barbershop. */
function nameOf(slug: string): string {
  const words = slug.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `${words.join(' ')} Barbershop`;
}

function numberOption(
  flags: string,
  about: string,
  standard: number,
  parse: (text: string) => number,
): Option {
  return new Option(flags, about).default(standard).argParser(parse);
}

function share(text: string): number {
  const number = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number <= 1) return number;
  throw new InvalidArgumentError('It should be a number from 0 to 1, like 0.6.');
}

function slug(text: string): string {
  if (!isSlug(text))
    throw new InvalidArgumentError('It should be made of lower-case letters, digits and single hyphens.');
  if (isReserved(text)) throw new InvalidArgumentError(`"/${text}" is the address of something else.`);
  return text;
}
