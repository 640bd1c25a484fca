/** What the ways in beside the password work with, and what they have in common. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Environment } from '../../platform/environment.ts'
import type { Api } from '../../platform/http/route.ts'
import type { Mail } from '../../platform/mail/index.ts'
import type { Secrets } from '../../platform/secrets/index.ts'
import type { Logins, Opened } from './logins.ts'
import type { Client } from './sessions.ts'

export type SignIn = Logins & {
  secrets: Secrets
  mail: Mail
  environment: Pick<Environment, 'publicUrl' | 'providers'>
  log: Logger
}

export type SignInRoutes = SignIn & {
  api: Api
  /** Sets the session's cookie and gives the answer's body. */
  answer: (reply: FastifyReply, opened: Opened) => Opened['session']
}

const userAgentLength = 300

export const clientOf = ({ ip, headers, id }: FastifyRequest): Client => ({
  ip,
  user_agent: headers['user-agent']?.slice(0, userAgentLength) ?? null,
  request_id: id,
})
