export const TEMPLATE = 'rapport_template'

/** The same server and role, another database. */
export function addressOf(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}
