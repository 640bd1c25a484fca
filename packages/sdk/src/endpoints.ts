// Generated from packages/contracts by `npm run sdk`. Do not edit.
import type { Endpoint } from './client.ts'

export const endpoints = {
  identity: {
    register: { method: 'POST', path: '/auth/register', reply: 'json' },
    login: { method: 'POST', path: '/auth/login', reply: 'json' },
    refresh: { method: 'POST', path: '/auth/refresh', reply: 'json' },
    logout: { method: 'POST', path: '/auth/logout', reply: 'nothing' },
    switchOrganization: { method: 'POST', path: '/auth/switch-organization', reply: 'json' },
    me: { method: 'GET', path: '/users/me', reply: 'json' },
    updateMe: { method: 'PUT', path: '/users/me', reply: 'json' },
    createOrganization: { method: 'POST', path: '/organizations', reply: 'json' },
    currentOrganization: { method: 'GET', path: '/organizations/current', reply: 'json' },
    updateOrganization: { method: 'PUT', path: '/organizations/current', reply: 'json' },
    members: { method: 'GET', path: '/organizations/current/members', reply: 'json' },
  },
  leads: {
    list: { method: 'GET', path: '/crm/leads', reply: 'json' },
    create: { method: 'POST', path: '/crm/leads', reply: 'json' },
    get: { method: 'GET', path: '/crm/leads/{id}', reply: 'json' },
    update: { method: 'PATCH', path: '/crm/leads/{id}', reply: 'json' },
    remove: { method: 'DELETE', path: '/crm/leads/{id}', reply: 'nothing' },
    restore: { method: 'POST', path: '/crm/leads/{id}/restore', reply: 'json' },
    assign: { method: 'PUT', path: '/crm/leads/{id}/assign', reply: 'json' },
    moveStage: { method: 'PATCH', path: '/crm/leads/{id}/stage', reply: 'json' },
    timeline: { method: 'GET', path: '/crm/leads/{id}/timeline', reply: 'json' },
    activities: { method: 'GET', path: '/crm/leads/{id}/activities', reply: 'json' },
    logActivity: { method: 'POST', path: '/crm/leads/{id}/activities', reply: 'json' },
  },
  pipelines: {
    list: { method: 'GET', path: '/crm/pipelines', reply: 'json' },
    create: { method: 'POST', path: '/crm/pipelines', reply: 'json' },
    get: { method: 'GET', path: '/crm/pipelines/{id}', reply: 'json' },
    update: { method: 'PATCH', path: '/crm/pipelines/{id}', reply: 'json' },
    remove: { method: 'DELETE', path: '/crm/pipelines/{id}', reply: 'nothing' },
    board: { method: 'GET', path: '/crm/pipelines/{id}/board', reply: 'json' },
    addStage: { method: 'POST', path: '/crm/pipelines/{id}/stages', reply: 'json' },
    updateStage: { method: 'PATCH', path: '/crm/pipelines/{id}/stages/{stage_id}', reply: 'json' },
    removeStage: { method: 'DELETE', path: '/crm/pipelines/{id}/stages/{stage_id}', reply: 'nothing' },
  },
  imports: {
    list: { method: 'GET', path: '/crm/imports', reply: 'json' },
    upload: { method: 'POST', path: '/crm/imports', reply: 'json', form: true },
    validate: { method: 'POST', path: '/crm/imports/{id}/validate', reply: 'json' },
    start: { method: 'POST', path: '/crm/imports/{id}/start', reply: 'json' },
    get: { method: 'GET', path: '/crm/imports/{id}', reply: 'json' },
    cancel: { method: 'POST', path: '/crm/imports/{id}/cancel', reply: 'json' },
    errorFile: { method: 'GET', path: '/crm/imports/{id}/errors.csv', reply: 'text' },
  },
  search: {
    search: { method: 'GET', path: '/crm/search', reply: 'json' },
  },
  meta: {
    get: { method: 'GET', path: '/meta', reply: 'json' },
  },
} as const satisfies Record<string, Record<string, Endpoint>>
