/**
 * The token of an invitation that brought somebody here. It came behind the `#` of the address, which no server
 * sees; kept in this tab, it outlives the way over the log-in page and stays out of addresses and history.
 */
const KEY = 'rapport.invitation'

export const pendingInvitation = {
  keep: (token: string): void => sessionStorage.setItem(KEY, token),
  read: (): string | null => sessionStorage.getItem(KEY),
  forget: (): void => sessionStorage.removeItem(KEY),
}
