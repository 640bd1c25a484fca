/** The list that a record's page was opened from: carried by the entry of the history, so it lives as long as that. */
export type CameFrom = {
  /** The list as it was arranged. */
  search: string
  /** Its records around the one that was opened, in their order. */
  ids: readonly string[]
}

/** How far one can go on from there; more would be much to carry. */
const around = 100

export function cameFrom(
  params: URLSearchParams,
  object: string,
  records: readonly { id: string }[],
  id: string | null,
): CameFrom {
  const list = new URLSearchParams(params)
  list.delete(object)
  const at = records.findIndex((record) => record.id === id)
  const near = at === -1 ? [] : records.slice(Math.max(0, at - around), at + around + 1)
  const search = list.toString()
  return { search: search === '' ? '' : `?${search}`, ids: near.map((record) => record.id) }
}

/** What another page, or another version of the app, left there is nothing. */
export function cameFromIn(state: unknown): CameFrom {
  if (typeof state !== 'object' || state === null) return { search: '', ids: [] }
  const { search, ids } = state as Partial<Record<keyof CameFrom, unknown>>
  return {
    search: typeof search === 'string' ? search : '',
    ids: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
  }
}
