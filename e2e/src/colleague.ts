/**
 * A second member of an organization. Invitations are a later part of the product, so the membership is written where
 * the server keeps it: the `memberships` table of its embedded database.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '@rapport/contracts'
import { Client } from 'pg'
import { inject } from 'vitest'
import { logIn, registerMember, type Desk, type Member } from './desk.ts'

export async function addColleague(desk: Desk, role: Role, full_name = 'Bruno Souza'): Promise<Member> {
  const serverUrl = inject('serverUrl')
  const { email, session } = await registerMember(serverUrl, { full_name, organization_name: 'Elsewhere' })
  const organization_id = desk.session.organization.id
  await inDatabase(inject('dataDir'), (client) =>
    client.query('INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3)', [
      organization_id,
      session.user.id,
      role,
    ]),
  )
  return logIn(serverUrl, email, organization_id)
}

async function inDatabase(dataDir: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({
    host: '127.0.0.1',
    port: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]),
    user: 'rapport',
    database: 'rapport',
    password: readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim(),
  })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
