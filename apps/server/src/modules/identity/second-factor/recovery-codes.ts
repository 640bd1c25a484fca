/** Ten codes that stand in for the authenticator app, once each. */
import { randomBytes } from 'node:crypto'
import type { PlatformTx } from '../sessions.ts'
import { hashSecret } from '../tokens.ts'

const amount = 10
/** 32 letters and digits without the ones that look alike on paper: five bits each. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const length = 16

const newCode = () => [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('')
const inGroups = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-')

/** New codes in place of all that the person had, as they are told once: `abcd-efgh-jkmn-pqrs`. */
export async function renewRecoveryCodes(tx: PlatformTx, user_id: string): Promise<string[]> {
  const codes = Array.from({ length: amount }, newCode)
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute()
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id, code_hash: hashSecret(code) })))
    .execute()
  return codes.map(inGroups)
}

/** Whether the code was one of theirs and unused; it is used now. @param code without groups, in small letters */
export async function takeRecoveryCode(
  tx: PlatformTx,
  user_id: string,
  code: string,
  now_ms: number,
): Promise<boolean> {
  const row = await tx
    .updateTable('recovery_codes')
    .set({ used_at: new Date(now_ms) })
    .where('user_id', '=', user_id)
    .where('code_hash', '=', hashSecret(code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function countRecoveryCodes(tx: PlatformTx, user_id: string): Promise<number> {
  const { left } = await tx
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('user_id', '=', user_id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(left)
}
