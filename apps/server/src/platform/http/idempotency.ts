/**
 * Idempotency-Key: the same key and body within 24 hours gives the same answer, and the work is done once.
 * In a tenant transaction the key commits with the work; elsewhere it is claimed before and filled after.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { DB } from '../../db/types.ts'
import { conflict, invalidField } from '../problems.ts'
import type { Tenancy } from '../tenancy.ts'

export type Answer = { status: number; body: string }
export type Key = { key_hash: Buffer; request_hash: Buffer }

/**
 * @param scope organization, user and route: the same key elsewhere is another key.
 * @param access what the caller may see: a kept answer is not given to somebody who may see less by now.
 */
export function idempotencyKey(header: string, scope: string, body: unknown, access: unknown = null): Key {
  if (header.length < 1 || header.length > 255)
    throw invalidField('Idempotency-Key', 'invalid_length', 'must have 1 to 255 characters')
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return { key_hash: hash(`${scope}\n${header}`), request_hash: hash(JSON.stringify([body ?? null, access])) }
}

export function createIdempotency(secret: string, inSystem: Tenancy['inSystem']) {
  const cipherKey = createHash('sha256').update(`idempotency\n${secret}`).digest()

  function seal(text: string): Buffer {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', cipherKey, iv)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed])
  }

  function open(sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', cipherKey, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  }

  const kept = {
    /** Claims the key, or answers what it stands for. A concurrent holder in a transaction is waited for. */
    async claim(db: Kysely<DB>, key: Key): Promise<Answer | null> {
      const claimed = await sql`
        INSERT INTO idempotency_keys (key_hash, request_hash) VALUES (${key.key_hash}, ${key.request_hash})
        ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, status = NULL, reply = NULL, created_at = now()
        WHERE idempotency_keys.created_at < now() - interval '24 hours'
           OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at < now() - interval '2 minutes')
        RETURNING 1`.execute(db)
      if (claimed.rows.length > 0) return null
      const known = await db
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('key_hash', '=', key.key_hash)
        .executeTakeFirstOrThrow()
      if (!known.request_hash.equals(key.request_hash))
        throw conflict(
          'idempotency_key_reused',
          'This Idempotency-Key was used with another body, or with other permissions than you have now.',
        )
      if (known.status === null || known.reply === null)
        throw conflict('request_in_progress', 'A request with this Idempotency-Key is still being worked on.')
      return { status: known.status, body: open(known.reply) }
    },

    async store(db: Kysely<DB>, key: Key, answer: Answer): Promise<void> {
      await db
        .updateTable('idempotency_keys')
        .set({ status: answer.status, reply: seal(answer.body) })
        .where('key_hash', '=', key.key_hash)
        .execute()
    },

    /** The work failed: the key is free again. */
    async release(db: Kysely<DB>, key: Key): Promise<void> {
      await db.deleteFrom('idempotency_keys').where('key_hash', '=', key.key_hash).execute()
    },
  }

  return {
    ...kept,
    /** Outside a tenant transaction: claim, work, store; a failure frees the key. */
    async once(key: Key | null, work: () => Promise<Answer | null>): Promise<Answer | null> {
      if (!key) return work()
      const known = await inSystem((tx) => kept.claim(tx, key))
      if (known) return known
      try {
        const answer = await work()
        if (answer) await inSystem((tx) => kept.store(tx, key, answer))
        return answer
      } catch (error) {
        await inSystem((tx) => kept.release(tx, key))
        throw error
      }
    },
  }
}
