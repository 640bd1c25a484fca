/** Asking for changes of many records and waiting for their end. */
import type { JobReport, Lead } from '@rapport/contracts'
import { expect } from 'vitest'
import type { Caller } from './app.ts'

export async function startBulk(member: Caller, body: object, path = 'leads'): Promise<string> {
  const answer = await member.call<{ job_id: string }>('POST', `/crm/${path}/bulk`, { body })
  expect(answer.status, answer.text).toBe(202)
  return answer.body.job_id
}

export const jobOf = async (member: Caller, id: string) =>
  (await member.call<JobReport>('GET', `/jobs/${id}`)).body

export async function ended(member: Caller, id: string): Promise<JobReport> {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const job = await jobOf(member, id)
    if (job.finished_at !== null) return job
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error('The job did not end.')
}

export const changeMany = async (member: Caller, body: object, path = 'leads') =>
  ended(member, await startBulk(member, body, path))

export async function undoJob(member: Caller, id: string): Promise<JobReport> {
  const answer = await member.call<{ job_id: string }>('POST', `/jobs/${id}/undo`)
  expect(answer.status, answer.text).toBe(202)
  return ended(member, answer.body.job_id)
}

export async function aLead(member: Caller, body: object = {}): Promise<Lead> {
  const made = await member.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', ...body } })
  expect(made.status, made.text).toBe(201)
  return made.body
}

export const leadOf = async (member: Caller, { id }: { id: string }) =>
  (await member.call<Lead>('GET', `/crm/leads/${id}`)).body
