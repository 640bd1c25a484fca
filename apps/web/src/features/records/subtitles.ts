/** The first of the values that says something. */
export const firstText = (...values: unknown[]): string | null =>
  values.find((value): value is string => typeof value === 'string' && value !== '') ?? null

/** What a relation of a record leads to is called. */
export const relatedText = (value: unknown): string | null =>
  (value as { name?: string } | null | undefined)?.name ?? null
