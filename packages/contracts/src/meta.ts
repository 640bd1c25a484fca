import { z } from 'zod'
import { operation } from './operation.ts'
import { Timestamp } from './shared.ts'

export const meta = {
  get: operation({
    method: 'GET',
    path: '/meta',
    summary: 'What this installation offers before log-in',
    reply: z.object({
      version: z.string(),
      demo: z.boolean(),
      /** Whether mails leave this installation; without, the operator finds them in the outbox. */
      sends_mail: z.boolean(),
      /** While read-only mode is on: the operator's own words, which may be empty, and since when. */
      maintenance: z.object({ notice: z.string(), since: Timestamp }).nullable(),
    }),
  }),
  openApi: operation({
    method: 'GET',
    path: '/crm/openapi.json',
    summary: 'This document with the fields that the organization made, as far as the caller sees them',
    reply: z.record(z.string(), z.unknown()),
  }),
}
