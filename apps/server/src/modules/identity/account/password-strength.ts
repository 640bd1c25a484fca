/**
 * Refuses passwords that guessers try first: those known from leaks, and what anybody knows of the person. No
 * rules on kinds of characters, which make passwords worse (NIST SP 800-63B, 3.1.1.2).
 */
import { createRequire } from 'node:module'
import type * as LanguageCommon from '@zxcvbn-ts/language-common'
import { commonPassword } from './errors.ts'

const shortest = 10
/** Loaded with the first password that is chosen: it is three megabytes. */
const require = createRequire(import.meta.url)
let common: Set<string> | null = null

function learnCommon(): Set<string> {
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof LanguageCommon
  return new Set(
    dictionary['passwords-common']?.map(String).filter((password) => password.length >= shortest),
  )
}

/** @param known what belongs to the person: address, name, organization */
export function requireUncommon(password: string, known: readonly string[] = []): void {
  common ??= learnCommon()
  const plain = password.toLowerCase()
  const own = known.flatMap((text) => [text.toLowerCase(), text.toLowerCase().split('@')[0] ?? ''])
  if (common.has(plain) || own.includes(plain) || isMonotonous(plain)) throw commonPassword()
}

/** “aaaaaaaaaa”, “abababababab”: a piece of up to three characters, over and over. */
const isMonotonous = (text: string) => /^(.{1,3})\1+.{0,2}$/u.test(text)
