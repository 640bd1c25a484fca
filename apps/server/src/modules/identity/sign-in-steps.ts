/**
 * Log-ins and set-ups that take more than one request wait here for the next one, for minutes. The token of a
 * step has 256 random bits and only its hash is kept; a step is taken once, or tried a few times. SQL only.
 */
import { sql } from 'kysely'
import type { PlatformTx } from './sessions.ts'
import { hashSecret, newSecret } from './tokens.ts'

type StepKind = 'two_factor' | 'passkey' | 'new_passkey' | 'provider' | 'provider_password'
export type StepData = Record<string, string | null>

type NewStep = {
  kind: StepKind
  user_id?: string | null
  session_id?: string | null
  organization_id?: string | null
  data?: StepData
}

export type Step = {
  user_id: string | null
  session_id: string | null
  organization_id: string | null
  data: StepData
}

const life_ms = 10 * 60_000
/** Wrong answers that a step bears. Six digits have a million values, so this alone keeps guessing hopeless. */
const patience = 5

const columns = ['user_id', 'session_id', 'organization_id', 'data'] as const

/** Answers the token, which leaves the server once. @param token when it has to be made by the caller */
export async function beginStep(
  tx: PlatformTx,
  { data = {}, ...step }: NewStep,
  now_ms: number,
  token = newSecret(),
): Promise<string> {
  await tx
    .insertInto('sign_in_steps')
    .values({
      token_hash: hashSecret(token),
      ...step,
      data: JSON.stringify(data),
      created_at: new Date(now_ms),
      expires_at: new Date(now_ms + life_ms),
    })
    .execute()
  return token
}

/** Takes the step away and answers it, or null when there is none any more. Of two takers one gets it. */
export async function takeStep(
  tx: PlatformTx,
  kind: StepKind,
  token: string,
  now_ms: number,
): Promise<Step | null> {
  const row = await tx
    .deleteFrom('sign_in_steps')
    .where('token_hash', '=', hashSecret(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', new Date(now_ms).toISOString())
    .returning(columns)
    .executeTakeFirst()
  return row ? presentStep(row) : null
}

/** Counts an attempt and answers the step while it bears one more. Commit it, whatever comes of the attempt. */
export async function tryStep(
  tx: PlatformTx,
  kind: StepKind,
  token: string,
  now_ms: number,
): Promise<Step | null> {
  const row = await tx
    .updateTable('sign_in_steps')
    .set({ attempts: sql`attempts + 1` })
    .where('token_hash', '=', hashSecret(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', new Date(now_ms).toISOString())
    .where('attempts', '<', patience)
    .returning(columns)
    .executeTakeFirst()
  return row ? presentStep(row) : null
}

/** Looks without taking. */
export async function findStep(
  tx: PlatformTx,
  kind: StepKind,
  token: string,
  now_ms: number,
): Promise<Step | null> {
  const row = await tx
    .selectFrom('sign_in_steps')
    .select(columns)
    .where('token_hash', '=', hashSecret(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', new Date(now_ms).toISOString())
    .where('attempts', '<', patience)
    .executeTakeFirst()
  return row ? presentStep(row) : null
}

export async function deleteExpiredSteps(tx: PlatformTx, now_ms: number): Promise<void> {
  await tx.deleteFrom('sign_in_steps').where('expires_at', '<', new Date(now_ms).toISOString()).execute()
}

const presentStep = <Row extends { data: unknown }>(row: Row) => ({ ...row, data: row.data as StepData })
