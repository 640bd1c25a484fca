/** How alike two texts are. Measures that the literature of record linkage agrees on. */

const reach = new Uint8Array(512)

/**
 * Winkler's variant of Jaro's measure, 0 to 1: shared letters nearby, and a common beginning counts more.
 *
 * @param least what is surely less is told as 0, without looking at it closely
 */
export function jaroWinkler(one: string, other: string, least = 0): number {
  if (one === other) return 1
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length === 0 || long.length > 256) return 0
  let prefix = 0
  while (prefix < 4 && prefix < short.length && short.charCodeAt(prefix) === long.charCodeAt(prefix)) prefix++
  const most = short.length - lettersOnlyIn(short, long)
  const bound = (most / short.length + most / long.length + 1) / 3
  if (bound + prefix * 0.1 * (1 - bound) < least) return 0
  const window = Math.max(0, (long.length >> 1) - 1)
  reach.fill(0, 0, 512)
  let matches = 0
  for (let i = 0; i < short.length; i++) {
    const last = Math.min(long.length - 1, i + window)
    for (let j = Math.max(0, i - window); j <= last; j++) {
      if (reach[256 + j] || short.charCodeAt(i) !== long.charCodeAt(j)) continue
      reach[i] = reach[256 + j] = 1
      matches++
      break
    }
  }
  if (matches === 0) return 0
  let crossed = 0
  for (let i = 0, j = 0; i < short.length; i++) {
    if (!reach[i]) continue
    while (!reach[256 + j]) j++
    if (short.charCodeAt(i) !== long.charCodeAt(j++)) crossed++
  }
  const jaro = (matches / short.length + matches / long.length + (matches - crossed / 2) / matches) / 3
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** At least so many letters of the first have none to go with in the second. */
function lettersOnlyIn(one: string, other: string): number {
  let [mask, rest] = [0, 0]
  for (let i = 0; i < other.length; i++) mask |= 1 << (other.charCodeAt(i) & 31)
  for (let i = 0; i < one.length; i++) if (!(mask & (1 << (one.charCodeAt(i) & 31)))) rest++
  return rest
}

/** Whether one letter was left out, added, replaced or exchanged with its neighbour. */
export function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const more = long.length - short.length
  if (more > 1) return false
  let from = 0
  while (from < short.length && short.charCodeAt(from) === long.charCodeAt(from)) from++
  let end = short.length
  while (end > from && short.charCodeAt(end - 1) === long.charCodeAt(end - 1 + more)) end--
  const left = end - from
  if (more === 1) return left === 0
  if (left <= 1) return true
  return left === 2 && short[from] === long[from + 1] && short[from + 1] === long[from]
}

/** Whether `one` can have become `other` by two slips, of which the first may be in any place. */
export function areTwoSlips(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false
  let from = 0
  while (from < one.length && from < other.length && one[from] === other[from]) from++
  const [a, b] = [one.slice(from), other.slice(from)]
  // The first difference is one of the four slips; what follows it has the other.
  return (
    isOneSlip(a.slice(1), b) ||
    isOneSlip(a, b.slice(1)) ||
    isOneSlip(a.slice(1), b.slice(1)) ||
    (a[0] === b[1] && a[1] === b[0] && isOneSlip(a.slice(2), b.slice(2)))
  )
}

/** The consonants of a word as they sound, its first letter kept: one key for many ways to write a name. */
export function soundOf(word: string): string {
  const plain = word
    .replace(/ph/g, 'f')
    .replace(/[ckq]+h?/g, 'k')
    .replace(/[sz]+h?/g, 's')
    .replace(/th/g, 't')
    .replace(/y/g, 'i')
    .replace(/w/g, 'v')
  const tail = plain.slice(1).replace(/[aeiouh]/g, '')
  return (plain.slice(0, 1) + tail).replace(/(.)\1+/g, '$1').slice(0, 5)
}
