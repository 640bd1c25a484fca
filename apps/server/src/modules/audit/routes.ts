import { Readable } from 'node:stream'
import { operations } from '@rapport/contracts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Module } from '../../platform/platform.ts'
import { writeExport } from './export.ts'
import { presentEntry } from './presentation.ts'
import { selectEntries } from './repository.ts'

const order = 'audit-log'
const allow = 'audit:read'

export const auditModule: Module = ({ api, tenancy }) => {
  const { audit } = operations

  api.route(audit.list, {
    allow,
    async read({ actor, read }, { query: { limit, cursor, ...filters } }) {
      const before = cursor === undefined ? null : Number(decodeCursor(order, ['int8'], cursor)[0])
      const rows = await read(selectEntries(actor, filters, before, limit + 1).compile(queryBuilder))
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map((row) => presentEntry(actor.field_rules, row)),
        next_cursor: last ? encodeCursor(order, JSON.stringify([String(last.seq)])) : null,
      }
    },
  })

  api.route(audit.export, {
    allow,
    async handle({ actor, inTenant, reply }, { query: { format, ...filters } }) {
      // Read before the export is noted, so that a filter that is not valid is no export.
      selectEntries(actor, filters, null, 1)
      await inTenant(actor, async (ctx) =>
        ctx.audit({ action: 'audit.exported', object: 'audit', after: { format, ...filters } }),
      )
      const day = new Date().toISOString().slice(0, 10)
      const type = format === 'csv' ? 'text/csv' : 'application/json'
      void reply
        .header('content-type', `${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="audit-log-${day}.${format}"`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
      await reply.send(Readable.from(writeExport({ tenancy, actor, filters }, format)))
      return undefined
    },
  })
}
