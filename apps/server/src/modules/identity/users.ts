/** People who can log in. SQL only. */
import type { User } from '@rapport/contracts'
import { sql } from 'kysely'
import { emailTaken } from './errors.ts'
import type { PlatformTx } from './sessions.ts'

// The language column holds what the contract's enum let in.
type Row = Omit<User, 'language'> & { language: string }
const columns = [
  'id',
  'email',
  'full_name',
  'language',
  'time_zone',
  'email_verified_at',
  'created_at',
] as const

/** Written as in the index, which serves no condition of another form. */
const claimsEmail = sql<boolean>`claims_email`

export const presentUser = ({ language, ...row }: Row): User => ({
  id: row.id,
  email: row.email,
  full_name: row.full_name,
  language: language === 'pt-BR' ? language : 'en',
  time_zone: row.time_zone,
  email_verified_at: row.email_verified_at,
  created_at: row.created_at,
})

type NewUser = {
  email: string
  full_name: string
  password_hash: string | null
  language?: string | undefined
  time_zone?: string | undefined
  /** Left out while nothing has proved that the address is theirs. */
  email_verified_at?: Date
}

/**
 * What happens to an address that has a holder: a refusal, or an account that looks like any other but holds no
 * address (docs/decisions/0011-accounts.md).
 */
export type TakenAddress = 'refuse' | 'accept'

/** Makes the user under an id that its maker knows already. */
export async function insertUser(
  tx: PlatformTx,
  id: string,
  user: NewUser,
  taken: TakenAddress = 'refuse',
): Promise<User> {
  const free = sql<boolean>`NOT EXISTS (SELECT FROM users WHERE email = ${user.email} AND claims_email)`
  const row = await tx
    .insertInto('users')
    .values({ id, ...user, claims_email: taken === 'refuse' ? true : free })
    .onConflict((on) => on.column('email').where(claimsEmail).doNothing())
    .returning(columns)
    .executeTakeFirst()
  if (!row) throw emailTaken()
  return presentUser(row)
}

export const findByEmail = (tx: PlatformTx, email: string) =>
  tx
    .selectFrom('users')
    .select([...columns, 'password_hash'])
    .where('email', '=', email)
    .where(claimsEmail)
    .executeTakeFirst()

export async function getUser(tx: PlatformTx, id: string): Promise<User> {
  return presentUser(
    await tx.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirstOrThrow(),
  )
}

type UserChange = {
  full_name?: string | undefined
  language?: string | undefined
  time_zone?: string | undefined
}

export async function updateUser(tx: PlatformTx, id: string, change: UserChange): Promise<User> {
  const row = await tx
    .updateTable('users')
    .set({ ...change, updated_at: new Date() })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return presentUser(row)
}
