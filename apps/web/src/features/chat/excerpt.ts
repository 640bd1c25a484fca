/** What of a message is shown where there is one line for it. */
const before = 30
const longest = 160

/**
 * The text in one line from shortly before what was searched for, and the same with « and » around that. Nothing is marked
 * where somebody wrote such signs themselves, as ours could not be told from theirs.
 */
export function excerptOf(text: string, q: string): { label: string; marked?: string } {
  const line = text.replace(/\s+/g, ' ').trim()
  const words = q.match(/[\p{L}\p{N}]+/gu)
  if (!words) return { label: line.slice(0, longest) }
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'giu')
  const at = line.search(found)
  const start = at > before ? line.lastIndexOf(' ', at - before) + 1 : 0
  const label = `${start > 0 ? '…' : ''}${line.slice(start, start + longest)}`
  return /[«»]/.test(label) ? { label } : { label, marked: label.replace(found, '«$&»') }
}
