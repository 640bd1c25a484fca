/**
 * The rules by which people edit records side by side, told without a database: what the tests of random edits
 * predict. Fields are named as in filters, and a field without a value holds null.
 */
type Fields = Readonly<Record<string, unknown>>
/** What a person sets; tags also as those that come and go. */
export type Given = Fields

type Deed = {
  by: number
  record: number
  type: 'created' | 'updated' | 'deleted' | 'restored'
  version: number
  /** Field → [before, after]. */
  changes: Readonly<Record<string, readonly [unknown, unknown]>>
  /** Can be taken back by who did it. */
  undoable: boolean
}
export type Held = { fields: Fields; version: number; trashed: boolean }
export type Outcome =
  { done: true; kept?: readonly string[] } | { done: false; code: string; conflicts?: readonly string[] }

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const done: Outcome = { done: true }
const refused = (code: string, conflicts?: readonly string[]): Outcome => ({
  done: false,
  code,
  ...(conflicts ? { conflicts } : {}),
})

/** @param colours the options of the field `custom.colours`, in their order. */
export function modelOf(records: readonly Held[], makers: readonly number[], colours: readonly string[]) {
  const held = records.map((one) => ({ ...one }))
  const deeds: Deed[] = held.map(({ version }, record) => ({
    by: makers[record] ?? 0,
    record,
    type: 'created',
    version,
    changes: {},
    undoable: true,
  }))

  const at = (record: number): Held => {
    const one = held[record]
    if (!one) throw new Error(`There is no record ${record}.`)
    return one
  }

  /** The value that a field is to hold, by what is given for it. */
  function valueOf(field: string, given: unknown, now: unknown): unknown {
    if (field === 'tags') return tagsOf(given, now as string[])
    if (field !== 'custom.colours' || given === null) return given
    const chosen = colours.filter((colour) => (given as string[]).includes(colour))
    return chosen.length > 0 ? chosen : null
  }

  function write(deed: Omit<Deed, 'version' | 'changes'>, wanted: Fields = {}): void {
    const one = at(deed.record)
    const differing = Object.entries(wanted).filter(([field, value]) => !isSame(value, one.fields[field]))
    if (deed.type === 'updated' && differing.length === 0) return
    const changes = Object.fromEntries(
      differing.map(([field, is]) => [field, [one.fields[field], is] as const]),
    )
    one.fields = { ...one.fields, ...Object.fromEntries(differing) }
    one.version += 1
    if (deed.type !== 'updated') one.trashed = deed.type === 'deleted'
    deeds.push({ ...deed, version: one.version, changes })
  }

  function edit(by: number, record: number, given: Given, version: number): Outcome {
    const one = at(record)
    if (one.trashed) return refused('lead_in_trash')
    const wanted = Object.fromEntries(
      Object.entries(given).map(([field, value]) => [field, valueOf(field, value, one.fields[field])]),
    )
    if (version !== one.version) {
      const since = deeds.filter((deed) => deed.record === record && deed.version > version)
      const changed = new Set(since.flatMap(({ changes }) => Object.keys(changes)))
      const clashing = Object.keys(given).filter(
        (field) =>
          changed.has(field) && !isMerging(given[field]) && !isSame(wanted[field], one.fields[field]),
      )
      return refused('version_conflict', clashing)
    }
    write({ by, record, type: 'updated', undoable: true }, wanted)
    return done
  }

  /** @param version what the person knows of it, if that matters to them. */
  function remove(by: number, record: number, version?: number): Outcome {
    const one = at(record)
    if (one.trashed) return done
    if (version !== undefined && version !== one.version) return refused('version_conflict', [])
    write({ by, record, type: 'deleted', undoable: true })
    return done
  }

  function restore(by: number, record: number): Outcome {
    if (at(record).trashed) write({ by, record, type: 'restored', undoable: true })
    return done
  }

  /** The last deed of theirs that can be taken back, of that record or of any. */
  function lastOf(by: number, record: number | null): Deed | undefined {
    return deeds.findLast(
      (deed) => deed.by === by && deed.undoable && (record ?? deed.record) === deed.record,
    )
  }

  function undo(by: number, record: number | null): Outcome {
    const last = lastOf(by, record)
    if (!last) return refused('change_not_found')
    last.undoable = false
    const one = at(last.record)
    const back = { by, record: last.record, undoable: false }
    if (last.type === 'updated') return revert(last, back)
    if (last.type === 'deleted') {
      if (one.trashed) write({ ...back, type: 'restored' })
      return done
    }
    const later = deeds.slice(deeds.indexOf(last) + 1)
    if (later.some((deed) => deed.record === last.record && deed.by !== by)) return refused('changed_since')
    if (!one.trashed) write({ ...back, type: 'deleted' })
    return done
  }

  /** A field goes back only while it has the value that the deed gave it; tags each for itself. */
  function revert({ changes, record }: Deed, back: Pick<Deed, 'by' | 'record' | 'undoable'>): Outcome {
    const one = at(record)
    const fields = Object.keys(changes)
    const isThere = (field: string) => field === 'tags' || isSame(one.fields[field], changes[field]?.[1])
    const kept = fields.filter((field) => !isThere(field))
    if (kept.length === fields.length) return refused('changed_since', kept)
    if (one.trashed) return refused('lead_in_trash')
    const wanted = fields.filter(isThere).map((field): [string, unknown] => {
      const [was, is] = changes[field] ?? []
      if (field !== 'tags') return [field, was]
      const [before, after] = [was as string[], is as string[]]
      const come = before.filter((tag) => !after.includes(tag))
      const go = after.filter((tag) => !before.includes(tag))
      return [field, tagsOf({ add: come, remove: go }, one.fields[field] as string[])]
    })
    write({ ...back, type: 'updated' }, Object.fromEntries(wanted))
    return { done: true, kept }
  }

  return { at, edit, remove, restore, undo, lastOf }
}

type Coming = { add: readonly string[]; remove: readonly string[] }
const isMerging = (given: unknown) => typeof given === 'object' && given !== null && 'add' in given

function tagsOf(given: unknown, now: readonly string[]): string[] {
  if (!isMerging(given)) return [...new Set(given as string[])].toSorted()
  const { add, remove } = given as Coming
  return [...new Set([...now.filter((tag) => !remove.includes(tag)), ...add])].toSorted()
}
