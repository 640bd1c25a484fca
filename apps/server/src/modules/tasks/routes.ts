import { operations, type Task } from '@rapport/contracts'
import type { RunContext } from '../../platform/http/route.ts'
import { presentRow } from '../../platform/lists/index.ts'
import type { Module } from '../../platform/platform.ts'
import { readRow, routeRecords, updateRecord } from '../records/index.ts'
import { findNext } from './completion.ts'
import { defineTasks, type TaskRow } from './definition.ts'
import { remind, reminder } from './reminders.ts'

export const tasksModule: Module = ({ api, alarms }) => {
  const tasks = defineTasks(alarms)
  const { permissions } = tasks.records
  alarms.on(reminder, remind)
  routeRecords(api, tasks, operations.tasks)

  const enter = (ctx: RunContext, id: string, status: 'open' | 'done', version = ctx.if_match) =>
    updateRecord(ctx, tasks, id, { status, version }, { undoable: true })
  const present = (ctx: RunContext, row: TaskRow) => presentRow(tasks.records, ctx.actor, row) as Task

  api.route(operations.tasks.complete, {
    allow: permissions.update,
    run: async (ctx, { params, body }) => {
      const task = await enter(ctx, params.id, 'done', body.version)
      const following = await findNext(ctx, task.id)
      const next = following && (await readRow(ctx, tasks, following.id))
      return { task: present(ctx, task), next: next?.deleted_at === null ? present(ctx, next) : null }
    },
  })
  api.route(operations.tasks.reopen, {
    allow: permissions.update,
    run: async (ctx, { params, body }) => present(ctx, await enter(ctx, params.id, 'open', body.version)),
  })
}
