/** The database cannot be started as things stand, and the message says what to do: no stack is needed. */
export class StartRefused extends Error {
  override name = 'StartRefused'
}
