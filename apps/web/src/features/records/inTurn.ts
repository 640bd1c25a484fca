/**
 * Changes of one record leave one after the other, as when several of its cells are pasted at once: each with the
 * version that the one before it made. Where somebody else's change came between, the version stays the one that the
 * person saw, so that a clash is found.
 */
type Chain = {
  /** What the person saw. */
  base: number | undefined
  /** To where their own changes alone have led from there. */
  version: number | undefined
}

const turns = new Map<string, Promise<Chain | null>>()

export function inTurn<Found extends { version: number }>(
  id: string,
  base: number | undefined,
  save: (version: number | undefined) => Promise<Found>,
): Promise<Found> {
  const before = turns.get(id) ?? Promise.resolve(null)
  const versionAfter = (chain: Chain | null) => (chain?.base === base ? chain?.version : base)
  const saved = before.then((chain) => save(versionAfter(chain)))
  const turn = before.then((chain) => {
    const sent = versionAfter(chain)
    const follows = ({ version }: Found) => sent !== undefined && version === sent + 1
    return saved.then(
      (found) => (follows(found) ? { base, version: found.version } : null),
      () => chain,
    )
  })
  turns.set(id, turn)
  void turn.then(() => turns.get(id) === turn && turns.delete(id))
  return saved
}
