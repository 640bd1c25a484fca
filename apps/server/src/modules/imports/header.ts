/** Column names: every column gets one of its own, also where the header is empty or says a name twice. */
const longestName = 200

export function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>()
  return header.map((cell, index) => {
    const given = cell
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, longestName)
    // An object with a key of this name would lose it.
    const base = given === '' || given === '__proto__' ? `column_${index + 1}` : given
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`
    taken.add(name)
    return name
  })
}

/** Most texts have none, which is seen sooner than it is done. */
export const withoutAccents = (text: string): string =>
  /^\p{ASCII}*$/u.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '')

/** `Endereço de E-mail*` → `endereco de e mail`; `leadSource` → `lead source`. */
export function normaliseName(name: string): string {
  return withoutAccents(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The key under which a column without a field is kept: `What matters most?` → `what_matters_most`. */
export function customKeys(names: readonly string[], inUse: readonly string[] = []): string[] {
  const taken = new Set<string>(inUse)
  return names.map((name, index) => {
    const slug = normaliseName(name)
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
    const base = (/^[a-z]/.test(slug) ? slug : `column_${slug || index + 1}`).slice(0, 56).replace(/_+$/, '')
    let key = base
    for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`
    taken.add(key)
    return key
  })
}
