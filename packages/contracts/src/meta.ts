import { z } from 'zod'
import { operation } from './operation.ts'

export const meta = {
  get: operation({
    method: 'GET',
    path: '/meta',
    summary: 'What this installation offers before log-in',
    reply: z.object({ version: z.string(), demo: z.boolean() }),
  }),
}
