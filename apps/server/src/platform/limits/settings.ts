/**
 * How many requests a minute each kind of caller has, as RAPPORT_LIMITS says: `off`, or changes to the defaults
 * such as `user=3000,key=off`. The defaults leave room for a thousand people behind one address; they are there
 * to stop what runs wild, not to ration work.
 */
import { z } from 'zod'

export const limitKinds = ['ip', 'user', 'organization', 'key'] as const
export type LimitKind = (typeof limitKinds)[number]

/** Requests a minute by kind; null where nothing is counted. */
export type RequestQuotas = Readonly<Record<LimitKind, number | null>>

export const defaultQuotas: RequestQuotas = { ip: 120_000, user: 12_000, organization: 240_000, key: 12_000 }
export const noQuotas: RequestQuotas = { ip: null, user: null, organization: null, key: null }

const expected = `off, or requests a minute by kind such as ip=${defaultQuotas.ip},user=3000,key=off (kinds: ${limitKinds.join(', ')})`

const entry = /^(ip|user|organization|key)=([1-9]\d{0,8}|off)$/

function parseQuotas(text: string): RequestQuotas | null {
  if (text.trim() === 'off') return noQuotas
  const quotas: Record<LimitKind, number | null> = { ...defaultQuotas }
  for (const part of text.split(',')) {
    const [, kind, quota] = entry.exec(part.trim()) ?? []
    if (kind === undefined || quota === undefined) return null
    quotas[kind as LimitKind] = quota === 'off' ? null : Number(quota)
  }
  return quotas
}

/** The environment variable RAPPORT_LIMITS. */
export const RequestQuotas = z.string().transform((text, context) => {
  const quotas = parseQuotas(text)
  if (quotas) return quotas
  context.addIssue({ code: 'custom', message: expected })
  return z.NEVER
})
