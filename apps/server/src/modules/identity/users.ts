/** People who can log in. SQL only. */
import type { User } from '@rapport/contracts'
import { sql } from 'kysely'
import { emailTaken } from './errors.ts'
import type { PlatformTx } from './sessions.ts'

// The language column holds what the contract's enum let in.
type Row = Omit<User, 'language'> & { language: string }
const columns = ['id', 'email', 'full_name', 'language', 'time_zone', 'created_at'] as const

/** Written as in the index, which serves no condition of another form. */
const claimsEmail = sql<boolean>`claims_email`

export const presentUser = ({ id, email, full_name, language, time_zone, created_at }: Row): User => ({
  id,
  email,
  full_name,
  language: language === 'pt-BR' ? language : 'en',
  time_zone,
  created_at,
})

type NewUser = {
  email: string
  full_name: string
  password_hash: string
  language?: string | undefined
  time_zone?: string | undefined
}

/** Makes the user under an id that its maker knows already. */
export async function insertUser(tx: PlatformTx, id: string, user: NewUser): Promise<User> {
  const row = await tx
    .insertInto('users')
    .values({ id, ...user })
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
