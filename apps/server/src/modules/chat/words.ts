/** Text as search compares it: in lower case, without accents. */
export const foldWords = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export const wordsOf = (text: string): string[] =>
  [...new Set(foldWords(text).split(/\s+/).filter(Boolean))].slice(0, 10)
