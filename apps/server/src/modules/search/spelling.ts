/** How far a word is from what was typed: letters missing, added, changed, or two that changed places. */

/** Below four letters every word is near another. */
const shortest = 4
const longest = 30
const forgiving = 8

/** How many slips are forgiven in a word of that length. */
const slipsIn = (asked: string): number => (asked.length >= forgiving ? 2 : 1)

/** Words of letters alone are learned and corrected: a digit that differs is another number. */
export const isLearned = (word: string): boolean =>
  word.length >= shortest && word.length <= longest && /^\p{L}+$/u.test(word)

/** The fewest slips by which `asked` becomes `word` or a beginning of it. */
export function slipsToBeginning(asked: string, word: string): number {
  let before: number[] = []
  let row = Array.from({ length: word.length + 1 }, (_, place) => place)
  for (let at = 1; at <= asked.length; at += 1) {
    const next = [at]
    for (let place = 1; place <= word.length; place += 1) {
      const same = asked[at - 1] === word[place - 1]
      let slips = Math.min(
        (row[place] ?? 0) + 1,
        (next[place - 1] ?? 0) + 1,
        (row[place - 1] ?? 0) + (same ? 0 : 1),
      )
      if (at > 1 && place > 1 && asked[at - 1] === word[place - 2] && asked[at - 2] === word[place - 1])
        slips = Math.min(slips, (before[place - 2] ?? 0) + 1)
      next.push(slips)
    }
    before = row
    row = next
  }
  return Math.min(...row)
}

/**
 * What may have been meant, the nearest first: those by the fewest slips, and of these the ones that are as long as
 * what was typed. What begins as it was typed is no correction.
 */
export function nearest(asked: string, words: readonly string[], most: number): string[] {
  const near = [...new Set(words)]
    .filter((word) => !word.startsWith(asked))
    .map((word) => ({
      word,
      slips: slipsToBeginning(asked, word),
      longer: Math.abs(word.length - asked.length),
    }))
    .filter(({ slips }) => slips <= slipsIn(asked))
    .toSorted((a, b) => a.slips - b.slips || a.longer - b.longer || (a.word < b.word ? -1 : 1))
  const least = near[0]?.slips
  return near
    .filter(({ slips }) => slips === least)
    .slice(0, most)
    .map(({ word }) => word)
}
