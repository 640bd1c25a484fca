/**
 * Other origins may call the API when RAPPORT_CORS_ORIGINS names them, with a token or key and never with the
 * cookie: no answer ever allows credentials. Without the setting there is no CORS at all.
 */
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

const preflightMemory_s = 600

export const corsOptions = (origins: readonly string[]) => ({
  origin: [...origins],
  credentials: false,
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'x-org-id',
    'idempotency-key',
    'if-match',
    'x-request-id',
  ],
  exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id', 'content-disposition'],
  maxAge: preflightMemory_s,
})

export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length > 0) await app.register(cors, corsOptions(origins))
}
