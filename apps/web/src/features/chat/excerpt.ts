/** What of a message is shown where there is one line for it. */
const before = 30
const longest = 160

/** The text in one line from shortly before what was searched for, which stands between « and ». */
export function excerptOf(text: string, q: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const words = q.match(/[\p{L}\p{N}]+/gu) ?? []
  const found = words.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'giu')
  const at = found ? line.search(found) : -1
  const start = at > before ? line.lastIndexOf(' ', at - before) + 1 : 0
  const shown = `${start > 0 ? '…' : ''}${line.slice(start, start + longest)}`
  // Where somebody wrote such marks themselves, ours could not be told from theirs.
  return found && !/[«»]/.test(shown) ? shown.replace(found, '«$&»') : shown
}
