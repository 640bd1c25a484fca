import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { holdAssignment } from '../records/index.ts'
import { endAbsence, listAbsences, setAbsence } from './absences.ts'
import { assignKnown, assignNew, openPool, previewRule, proposeKnown } from './assign.ts'
import { listRules } from './repository.ts'
import { changeRule, checkRule, createRule, removeRule } from './service.ts'

export const assignmentModule: Module = ({ api }) => {
  const { assignment } = operations
  holdAssignment({ assignNew, assignKnown, proposeKnown, openPool })

  api.route(assignment.list, {
    allow: 'assignment:read',
    run: async (ctx) => ({ items: await listRules(ctx), next_cursor: null }),
  })
  api.route(assignment.create, { allow: 'assignment:manage', run: (ctx, { body }) => createRule(ctx, body) })
  api.route(assignment.update, {
    allow: 'assignment:manage',
    run: (ctx, { params, body: { version = ctx.if_match, ...given } }) =>
      changeRule(ctx, params.id, { ...given, version }),
  })
  api.route(assignment.remove, {
    allow: 'assignment:manage',
    run: async (ctx, { params }) => {
      await removeRule(ctx, params.id)
      return undefined
    },
  })
  api.route(assignment.preview, {
    allow: 'assignment:manage',
    run: async (ctx, { body }) => {
      await checkRule(ctx, body)
      return previewRule(ctx, body)
    },
  })
  api.route(assignment.absences, {
    allow: 'members:read',
    run: async (ctx) => ({ items: await listAbsences(ctx), next_cursor: null }),
  })
  api.route(assignment.setAbsence, {
    allow: 'members:read',
    run: (ctx, { params, body }) => setAbsence(ctx, params.user_id, body),
  })
  api.route(assignment.endAbsence, {
    allow: 'members:read',
    run: async (ctx, { params }) => {
      await endAbsence(ctx, params.user_id)
      return undefined
    },
  })
}
