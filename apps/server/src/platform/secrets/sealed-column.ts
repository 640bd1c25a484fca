/**
 * Declares a column that holds sealed values. The declaration makes the place that is authenticated with each
 * value, and the rotation finds and re-seals every row by it: the two cannot drift apart.
 */
type OwnerColumn = 'organization_id' | 'user_id'

type Declaration<Owner extends OwnerColumn | null, Key extends string> = {
  /** What the value is for. It is authenticated with every value, so it stays, whatever the table is called later. */
  purpose: string
  table: string
  /** By convention it ends in `_sealed`; a test finds columns of such a name that are not declared. */
  column: string
  /** Whose secret it is: rows of an organization are read and written inside its tenant lock. Null: the installation's. */
  owner: Owner
  /** The other columns of the primary key, if any. */
  key: readonly Key[]
}

/** Where one sealed value belongs. */
export type SealedPlace = { purpose: string; owner: string; row: readonly string[] }

export type SealedColumn = Declaration<OwnerColumn | null, string> & {
  place: (row: Record<string, string>) => SealedPlace
}

/** `place(row)` takes the owner and key columns of the row, also before it is inserted. */
export function sealedColumn<const Owner extends OwnerColumn | null, const Key extends string = never>(
  declaration: Declaration<Owner, Key>,
): SealedColumn & { place: (row: Record<(Owner & string) | Key, string>) => SealedPlace } {
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
      owner: owner === null ? 'installation' : `${owner} ${valueOf(row, owner)}`,
      row: key.map((name) => valueOf(row, name)),
    }),
  }
}

/** The columns that name a row, in their order. */
export const keyColumns = ({ owner, key }: SealedColumn): string[] =>
  owner === null ? [...key] : [owner, ...key]

export const placeText = ({ purpose, owner, row }: SealedPlace) => [purpose, owner, ...row].join(' ')
