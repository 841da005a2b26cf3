import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ShopSource } from '../../availability/source.ts';
import { isSlug } from '../../shop/names.ts';

export interface PagesOptions {
  /** The folder of the built pages: HTML files, and beside them `assets/`. */
  readonly folder: string;
  readonly shops: Pick<ShopSource, 'find'>;
}

/** Which file is shown under which address. What stands behind a page it asks the API for. */
const PAGES = {
  '/': 'booking',
  '/manage/:token': 'manage',
  '/my-bookings': 'manage',
  '/account': 'account',
  '/sign-in': 'account',
  '/reset-password': 'account',
  '/invitation': 'account',
  '/staff': 'staff',
  '/admin': 'admin',
  '/admin/cache': 'cache',
} as const;

/** The pages for clients, staff and administrators. */
export function pageRoutes({ folder, shops }: PagesOptions): FastifyPluginAsync {
  const send = (reply: FastifyReply, page: string) =>
    // A page names its scripts by their content: it is asked for each time, they never.
    reply.sendFile(`${page}.html`, { cacheControl: false });

  return async (app) => {
    await app.register(staticFiles, {
      root: folder,
      serve: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.setHeader('vary', 'accept-encoding'),
    });
    app.get('/assets/*', { schema: { hide: true } }, (request, reply) =>
      reply.sendFile(pathOf(request), join(folder, 'assets'), { maxAge: '1y', immutable: true }),
    );
    for (const [url, page] of Object.entries(PAGES))
      app.get(url, { schema: { hide: true } }, (_request, reply) => {
        reply.header('cache-control', 'no-cache');
        return send(reply, page);
      });
    app.get<{ Params: { shop: string } }>('/:shop', { schema: { hide: true } }, async (request, reply) => {
      const { shop } = request.params;
      const isKnown = isSlug(shop) && (await shops.find(shop)) !== undefined;
      if (!isKnown && !wantsPage(request)) return reply.callNotFound();
      reply.code(isKnown ? 200 : 404).header('cache-control', 'no-cache');
      return send(reply, 'booking');
    });
  };
}

function pathOf({ params }: FastifyRequest): string {
  return String(Object(params)['*']);
}

/** Browsers name the type first that they would like best. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.startsWith('text/html') ?? false;
}
