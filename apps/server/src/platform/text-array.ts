/** Many texts as one parameter `text[]`. The driver escapes such an array element by element, which takes long for a batch. */

/** The literal of a `text[]`: JSON but for its brackets, as long as JSON escapes no more than quotes and backslashes. */
export function textArray(texts: readonly (string | null)[]): string {
  const json = JSON.stringify(texts)
  return otherEscape.test(json) ? escaped(texts) : `{${json.slice(1, -1)}}`
}

/** Line breaks, for one; an escaped backslash before a letter looks the same and takes the longer way, too. */
const otherEscape = /\\[^"\\]/

const escaped = (texts: readonly (string | null)[]): string =>
  `{${texts.map((text) => (text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`)).join()}}`
