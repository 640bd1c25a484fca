/** /api/openapi.json, its interactive page and the page of problems, from files we serve ourselves. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { problemsPath, type Catalogue } from '../problem-catalogue.ts'
import { problemsCss, problemsHtml } from './problems-page.ts'

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const shown = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport API</title><link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
<link rel="icon" href="/api/docs/assets/favicon-32x32.png"></head>
<body><div id="docs"></div><script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`

/** Whoever is logged in reads the document of their organization, and tries its routes there. */
const start = `fetch('/api/users/me')
  .then((answer) => (answer.ok ? answer.json() : null))
  .catch(() => null)
  .then((me) => window.SwaggerUIBundle({
    url: me ? '/api/crm/openapi.json' : '/api/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    persistAuthorization: false,
    requestInterceptor: (request) => {
      if (me && !request.headers['X-Org-Id']) request.headers['X-Org-Id'] = me.organization.id
      return request
    },
  }))`

export async function serveDocs(
  app: FastifyInstance,
  document: () => unknown,
  problems: Catalogue,
): Promise<void> {
  let text: string | undefined
  app.get('/api/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((text ??= JSON.stringify(document()))),
  )
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get('/api/docs/start.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(start),
  )
  const problemsPage = problemsHtml(problems)
  app.get(problemsPath, async (_request, reply) => reply.type('text/html; charset=utf-8').send(problemsPage))
  app.get(`${problemsPath}.css`, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(problemsCss),
  )
  await Promise.all(shown.map((name) => readFile(join(assets, name)))) // a missing file is told at the start
  await app.register(fastifyStatic, {
    root: assets,
    prefix: '/api/docs/assets/',
    decorateReply: false,
    allowedPath: (path) => shown.includes(path.slice(1)),
  })
}
