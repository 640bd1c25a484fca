/** The built web app: hashed assets for a year, the page itself never cached, every other path the page. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const built = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Paths of the app's own router; a missing file or an unknown API path stays a 404. */
const isPage = (url: string) =>
  !/^\/(api|operator|health|database|metrics|assets)(\/|$|\?)/.test(url) && !/\.\w+($|\?)/.test(url)

/** Answers whether there is a built web app; without one only the API is served. */
export async function serveWebApp(app: FastifyInstance): Promise<boolean> {
  if (!existsSync(join(built, 'index.html'))) return false
  await app.register(async (scope) => {
    await scope.register(compress, { encodings: ['br', 'gzip'] })
    await scope.register(fastifyStatic, {
      root: built,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    })
    scope.get('/*', async (request, reply) =>
      isPage(request.url) ? reply.sendFile('index.html') : reply.callNotFound(),
    )
  })
  return true
}
