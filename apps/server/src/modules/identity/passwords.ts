/** Passwords as argon2id in PHC string format, with the parameters that OWASP asks for at least. */
import { hash, verify } from '@node-rs/argon2'
import { newSecret } from './tokens.ts'

// argon2id is the library's default algorithm; its enum cannot be named when types are only stripped.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** One password, however the keyboard composed its characters (NIST SP 800-63B, 3.1.1.2). */
const normalize = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normalize(password), cost)

let decoy: Promise<string> | undefined

/** The hash of a password that nobody has. Asked for early, it makes no first caller wait longer. */
export function decoyHash(): Promise<string> {
  decoy ??= hashPassword(newSecret())
  return decoy
}

/** Without an account, or for one that has no password, it works as long, and answers no. */
export async function verifyPassword(
  password_hash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const matches = await verify(password_hash ?? (await decoyHash()), normalize(password))
  return matches && typeof password_hash === 'string'
}
