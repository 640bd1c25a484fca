/** As many as one page of a list holds. */
const most = 100

/**
 * Answers a reading of one by its id that waits for the end of the turn, so that all which are wanted in it are read
 * together. What is not among those that come is read by itself, which tells why.
 */
export function gather<Found extends { id: string }>(
  readOne: (id: string) => Promise<Found>,
  readMany: (ids: readonly string[]) => Promise<Found[]>,
): (id: string) => Promise<Found> {
  let wanted = new Set<string>()
  let turn: Promise<Map<string, Found>> | null = null

  async function readWanted(): Promise<Map<string, Found>> {
    await new Promise((resolve) => setTimeout(resolve))
    const ids = [...wanted]
    wanted = new Set()
    turn = null
    if (ids.length === 1) return new Map()
    const pages = Array.from({ length: Math.ceil(ids.length / most) }, (_, page) =>
      readMany(ids.slice(page * most, (page + 1) * most)),
    )
    return new Map((await Promise.all(pages)).flat().map((found) => [found.id, found]))
  }

  return async (id) => {
    wanted.add(id)
    turn ??= readWanted()
    return (await turn).get(id) ?? readOne(id)
  }
}
