/** A pino logger, or anything that takes a line. */
export interface Log {
  info: (message: string) => void
}
