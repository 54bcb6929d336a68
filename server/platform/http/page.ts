import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Router } from 'express';
import expressStaticGzip from 'express-static-gzip';

const year = 365 * 24 * 3600;

/**
 * The page. Files below `assets/` have a hash in their name and are kept for ever by browsers; all other paths that are not files are the
 * page's own routes and give index.html, which is always asked for anew, so that a new version is seen at the next load. The build left a
 * brotli and a gzip file beside each that is worth it; whoever accepts one gets that.
 * @param staticDir where the built page is
 */
export function pageRoutes({ staticDir }: { staticDir: string }): Router {
  const router = Router();
  const root = resolve(staticDir);
  const index = join(root, 'index.html');

  router.use(
    '/assets',
    compressed(join(root, 'assets'), { immutable: true, maxAge: year * 1000, index: false }),
  );
  // A missing asset is an old page asking for a file of its time: the answer must not be the new page.
  router.use('/assets', (_request, response) => {
    response.removeHeader('Content-Encoding');
    response.status(404).type('text').send('Not found. Load the page again.');
  });
  router.use(
    compressed(root, {
      index: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );

  router.get('/{*path}', (request, response) => {
    if (/\.[a-z0-9]{1,8}$/i.test(request.path)) {
      response.status(404).type('text').send('Not found');
      return;
    }
    if (!existsSync(index)) {
      response.status(503).type('text').send('The page has not been built. Run: npm run build');
      return;
    }
    response.sendFile(index, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
  });

  return router;
}

/** Files below a folder, each in the encoding that the asker likes best of those that lie there. */
function compressed(
  folder: string,
  serveStatic: NonNullable<expressStaticGzip.ExpressStaticGzipOptions['serveStatic']>,
) {
  return expressStaticGzip(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic,
  });
}
