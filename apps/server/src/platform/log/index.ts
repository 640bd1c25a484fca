/** The log: one JSON line each in production, readable text elsewhere, and never a secret in it. */
import { pino, type DestinationStream, type Logger } from 'pino'
import { build as pretty } from 'pino-pretty'
import type { Environment } from '../environment.ts'
import { redactError, redactFields, redactText } from './redaction.ts'

export { redactError, redactFields, redactText } from './redaction.ts'

/** Told of every error that is logged as one, with what was said about it. */
export type OnError = (error: Error, message: string, fields: Record<string, unknown>) => void

type Options = {
  environment: Pick<Environment, 'logLevel' | 'production'>
  onError?: OnError | undefined
  /** Standard output unless told. */
  destination?: DestinationStream
}

const errorLevel = 50

export function createLog({ environment, onError, destination }: Options): Logger {
  const { logLevel: level, production } = environment
  // In this process, not in a worker thread of its own, which would cost another heap.
  const readable = production ? undefined : pretty({ translateTime: 'HH:MM:ss', ignore: 'pid,hostname' })
  const options = {
    level,
    formatters: { log: redactFields },
    serializers: { err: tellError },
    hooks: { logMethod: watchErrors(onError) },
  }
  const stream = destination ?? readable
  return stream ? pino(options, stream) : pino(options)
}

/** What redactFields has made of it, or an error that was logged alone. */
const tellError = (error: unknown) => (error instanceof Error ? redactError(error) : error)

type LogMethod = (this: Logger, fields: unknown, message?: string, ...values: unknown[]) => void

/** Every line passes here: its message is redacted, and the error it tells of is told to whoever listens. */
function watchErrors(onError: OnError | undefined) {
  return function logMethod(
    this: Logger,
    args: Parameters<LogMethod>,
    method: LogMethod,
    level: number,
  ): void {
    const [first, ...more] = args
    if (typeof first === 'string') return method.call(this, redactText(first), ...more)
    const fields = first instanceof Error ? { err: first } : (first as Record<string, unknown> | null)
    const [message, ...values] = more
    const err = fields?.['err']
    // Without a message of its own a line would take the error's, as it is.
    const told = message ?? (err instanceof Error ? err.message : undefined)
    if (level >= errorLevel && err instanceof Error) onError?.(err, told ?? '', fields ?? {})
    return method.call(this, fields, told === undefined ? told : redactText(told), ...values)
  }
}
