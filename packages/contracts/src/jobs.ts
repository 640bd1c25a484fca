import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, Timestamp } from './shared.ts'

export const Job = z.object({
  id: Id,
  kind: z.string(),
  state: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int(),
  failures: z.array(z.object({ id: z.string(), message: z.string() })),
  undo_until: Timestamp.nullable(),
})

export const jobs = {
  get: operation({
    method: 'GET',
    path: '/jobs/{id}',
    summary: 'State of a background job',
    params: IdParams,
    reply: Job,
  }),
}

export const meta = {
  get: operation({
    method: 'GET',
    path: '/meta',
    summary: 'What this installation offers before log-in',
    reply: z.object({ version: z.string(), demo: z.boolean() }),
  }),
}
