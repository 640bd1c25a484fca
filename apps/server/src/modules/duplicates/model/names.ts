/**
 * Names of people, of which two columns hold the first and the last. Some write the last name first, put a space where
 * none is, or give one name alone, of which nobody knows whether it is the first or the last.
 */
import { close, comparePart, different, spelledAlike, unknown } from './compare.ts'
import type { Table } from './table.ts'

/** Names agree closely where they do crosswise, or as a whole. */
export function settleNames({ columns, people }: Table, a: number, b: number, found: Uint8Array): void {
  for (const [first, last] of people) {
    const [straightFirst = unknown, straightLast = unknown] = [found[first], found[last]]
    if (straightFirst <= close || straightLast <= close) continue
    const [oneFirst = '', oneLast = ''] = [columns[first]?.textOf(a), columns[last]?.textOf(a)]
    const [otherFirst = '', otherLast = ''] = [columns[first]?.textOf(b), columns[last]?.textOf(b)]
    const crossed = isClose(oneLast, otherFirst)
    const crossedToo = isClose(oneFirst, otherLast)
    if (oneFirst === '' || otherFirst === '') {
      if (crossed || crossedToo) [found[first], found[last]] = [close, unknown]
    } else if ((crossed && crossedToo) || areCutElsewhere([oneFirst, oneLast], [otherFirst, otherLast]))
      found[first] = found[last] = close
    else if (straightFirst === different && straightLast === different && (crossed || crossedToo))
      found[first] = close
  }
}

const isClose = (one: string, other: string) => one !== '' && other !== '' && comparePart(one, other) <= close

type Name = readonly [first: string, last: string]

/** `Ab bey Milburn`, and `De la Cruz Ana`, where the first of many words is no first name. */
function areCutElsewhere(one: Name, other: Name): boolean {
  const [a, b] = [one.join(' '), other.join(' ')]
  if (a[0] === b[0] && spelledAlike(a, b)) return true
  return (one[1].includes(' ') || other[1].includes(' ')) && spelledAlike(inOrder(a), inOrder(b))
}

const inOrder = (text: string) => text.split(' ').toSorted().join(' ')
