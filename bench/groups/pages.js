import { join } from 'node:path';
import { startServer } from '../servers/servers.js';
import { openBrowser } from '../world/browser.js';
import { openEmptyShop } from '../world/empty-shop.js';

const VISITS = 15;
const CHANGES = 60;

/** Of the booking page, as a new visitor opens it, and of what somebody else books while it is open. */
export async function benchPages(bench) {
  const shop = await openEmptyShop(bench.postgres, 'pages');
  const servers = [];
  let browser;
  try {
    for (let n = 0; n < 2; n++) servers.push(await startServer('freshchair', serverOf(bench, shop, n)));
    browser = await openBrowser();
    const [near, far] = servers.map(({ url }) => url);
    const [first, times] = [[], []];
    for (let n = -1; n < VISITS; n++) {
      const services = await usableAfter(browser, `${far}/${shop.slug}`, '.option');
      const free = await usableAfter(
        browser,
        `${far}/${shop.slug}?service=Haircut&barber=any&date=${shop.from}`,
        '.time[aria-disabled="false"]',
      );
      if (n < 0) continue;
      first.push(services);
      times.push(free);
    }
    const [same, other] = [
      await untilGrey(browser, near, near, shop),
      await untilGrey(browser, near, far, shop),
    ];
    return [
      {
        what: 'Booking page, first visit: until a service can be chosen',
        values: first,
        unit: ' ms',
        limit: 1_000,
      },
      {
        what: 'The same with a link to a day: until a time can be chosen',
        values: times,
        unit: ' ms',
        limit: 1_000,
      },
      { what: 'A booked time goes grey on a page of the same server', values: same, unit: ' ms', limit: 200 },
      { what: 'On a page of another server', values: other, unit: ' ms', limit: 200 },
      { what: 'The longest of these', values: [Math.max(...same, ...other)], unit: ' ms' },
    ];
  } finally {
    await browser?.close();
    for (const { close } of servers) await close();
    await shop.drop();
  }
}

function serverOf({ postgres }, shop, n) {
  return {
    settings: {
      DATABASE_URL: shop.connectionString,
      PORT: '0',
      ADMIN_PASSWORD: 'nobody signs in',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'error',
    },
    body: '{}',
    logFile: join(postgres.directory, `pages-${n}.log`),
  };
}

/** Milliseconds from the navigation to the first of `selector`, with nothing in the browser's cache. */
async function usableAfter(browser, url, selector) {
  const context = await browser.newContext({ timezoneId: 'America/New_York' });
  const page = await context.newPage();
  await page.addInitScript(notice, selector);
  await page.goto(url);
  const after = await page.evaluate(() => globalThis.noticed);
  await context.close();
  return after;
}

/** Runs in the page: `noticed` resolves when something matches, to the milliseconds since the navigation. */
function notice(selector) {
  globalThis.noticed = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) === null) return;
      observer.disconnect();
      // Drawn, too.
      requestAnimationFrame(() => resolve(performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  });
}

/** Milliseconds from the answer to a booking, at one server, to the grey time on a page of another. */
async function untilGrey(browser, bookedAt, watchedAt, shop) {
  const context = await browser.newContext({ timezoneId: 'America/New_York' });
  const page = await context.newPage();
  const lags = [];
  let shown;
  for (let n = 0; n < CHANGES; n++) {
    const booking = shop.booking();
    const day = new Date(Date.parse(booking.start)).toISOString().slice(0, 10);
    const at = `${day}/${booking.barberId}`;
    if (at !== shown) {
      const choice = `service=Haircut&barber=${booking.barberId}&date=${day}`;
      await page.goto(`${watchedAt}/${shop.slug}?${choice}`);
      await page.waitForSelector('.time[aria-disabled="false"]');
      shown = at;
    }
    const wanted = Date.parse(booking.start);
    const grey = page.evaluate(greyAt, wanted);
    // The observer is there before anything is booked.
    await page.evaluate(() => globalThis.watching);
    const { barberId: barber_id, ...rest } = booking;
    const answer = await fetch(`${bookedAt}/api/v2/bookings/guest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...rest, barber_id }),
    });
    await answer.arrayBuffer();
    const answered = performance.timeOrigin + performance.now();
    if (answer.status !== 201) throw new Error(`The booking was refused: ${answer.status}`);
    lags.push(Math.max(0, (await grey) - answered));
  }
  await context.close();
  return lags;
}

/** Runs in the page: resolves when the slot is grey, to epoch milliseconds. */
function greyAt(start) {
  globalThis.watching = true;
  return new Promise((resolve) => {
    const isGrey = () =>
      [...document.querySelectorAll('.time[aria-disabled="true"]')].some(
        (time) => Date.parse(time.dataset.start) === start,
      );
    const look = () => {
      if (!isGrey()) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  });
}
