/**
 * Declares a column that holds sealed values. The declaration makes the place that is authenticated with each
 * value, and the rotation finds and re-seals every row by it: the two cannot drift apart.
 */
type OwnerColumn = 'organization_id' | 'user_id'

type Declaration<Key extends string> = {
  /** What the value is for. It is authenticated with every value, so it stays, whatever the table is called later. */
  purpose: string
  table: string
  /** By convention it ends in `_sealed`; a test compares the catalogue with the declared columns. */
  column: string
  /** Whose secret it is: rows of an organization are read and written inside its tenant lock. */
  owner: OwnerColumn
  /** The other columns of the primary key, if any. */
  key: readonly Key[]
}

/** Where one sealed value belongs. */
export type SealedPlace = { purpose: string; owner: string; row: readonly string[] }

export type SealedColumn = Declaration<string> & {
  place: (row: Record<string, string>) => SealedPlace
}

/** `place(row)` takes the owner and key columns of the row, also before it is inserted. */
export function sealedColumn<const Owner extends OwnerColumn, const Key extends string = never>(
  declaration: Declaration<Key> & { owner: Owner },
): SealedColumn & { place: (row: Record<Owner | Key, string>) => SealedPlace } {
  const { purpose, owner, key } = declaration
  const valueOf = (row: Record<string, string>, name: string) => {
    const value = row[name]
    if (value === undefined) throw new Error(`The place of ${purpose} needs ${name}.`)
    return value.toLowerCase()
  }
  return {
    ...declaration,
    place: (row) => ({
      purpose,
      owner: `${owner} ${valueOf(row, owner)}`,
      row: key.map((name) => valueOf(row, name)),
    }),
  }
}

export const placeText = ({ purpose, owner, row }: SealedPlace) => [purpose, owner, ...row].join(' ')
