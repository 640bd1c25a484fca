/** After how many days messages go for good. */
export const usualRetentions = [7, 30, 90, 180, 365, 730] as const

/** The usual ones, and what is set now if it is another. */
export const retentionChoices = (now: number | null): number[] =>
  [...new Set<number>([...usualRetentions, ...(now === null ? [] : [now])])].toSorted((a, b) => a - b)

/** Messages go that would have stayed. */
export const deletesMore = (before: number | null, after: number | null): boolean =>
  after !== null && (before === null || after < before)
