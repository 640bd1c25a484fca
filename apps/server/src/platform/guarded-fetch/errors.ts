/** Why an outgoing request was not made or not finished. */
export type OutgoingFailure =
  | 'url_invalid'
  | 'scheme_refused'
  | 'credentials_refused'
  | 'port_refused'
  | 'address_refused'
  | 'header_refused'
  | 'name_unknown'
  | 'unreachable'
  | 'timed_out'
  | 'redirected'
  | 'too_large'
  | 'unreadable'

const texts: Record<OutgoingFailure, string> = {
  url_invalid: 'That is not a web address.',
  scheme_refused: 'Only https addresses are called.',
  credentials_refused: 'A web address with a user name or password in it is not called.',
  port_refused: 'That port is not called.',
  address_refused: 'That web address does not lead to the public internet.',
  header_refused: 'One of the headers may not be set.',
  name_unknown: 'The name in the web address is not known.',
  unreachable: 'No secure connection to that web address could be made.',
  timed_out: 'The other side took too long.',
  redirected: 'The other side pointed elsewhere; redirections are not followed.',
  too_large: 'The answer is too large.',
  unreadable: 'The answer could not be decoded.',
}

/**
 * Fit to be shown to whoever gave the address: it tells neither what a name resolved to nor anything of the answer.
 * The cause, if any, is for the log.
 */
export class OutgoingError extends Error {
  override name = 'OutgoingError'
  readonly code: OutgoingFailure

  constructor(code: OutgoingFailure, cause?: unknown) {
    super(texts[code], cause === undefined ? undefined : { cause })
    this.code = code
  }
}
