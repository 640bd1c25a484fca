/** All emoji with what they are called in the reader's language; fetched when somebody first asks for one. */
import { queryOptions } from '@tanstack/react-query'
import { plain } from '../../ui/plain.ts'

export type Emoji = { sign: string; label: string; words: readonly string[]; group: number }

type Listed = { unicode: string; label: string; tags?: string[]; group?: number }

type Load = () => Promise<{ default: readonly Listed[] }>

const inEnglish: Load = () => import('emojibase-data/en/compact.json')
const loaders: Readonly<Record<string, Load>> = { pt: () => import('emojibase-data/pt/compact.json') }

/** Parts of others, such as the tones of skin. */
const components = 2

async function load(language: string): Promise<Emoji[]> {
  const { default: all } = await (loaders[language] ?? inEnglish)()
  return all.flatMap(({ unicode, label, tags = [], group }) =>
    group === undefined || group === components
      ? []
      : [{ sign: unicode, label, words: [label, ...tags].map(plain), group }],
  )
}

/** @param language as the page has it: pt-BR */
export const emojiQuery = (language: string) => {
  const base = language.split('-')[0] ?? 'en'
  return queryOptions({
    queryKey: ['meta', 'emoji', base],
    queryFn: () => load(base),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

/** The likeliest first: what is called so, then what begins so, then what has it somewhere. */
export function findEmoji(all: readonly Emoji[], query: string, most: number): Emoji[] {
  const wanted = plain(query.trim())
  const rank = ({ words }: Emoji) => {
    if (words.includes(wanted)) return 0
    if (words[0]?.startsWith(wanted)) return 1
    if (words.some((word) => word.split(' ').some((part) => part.startsWith(wanted)))) return 2
    return words.some((word) => word.includes(wanted)) ? 3 : null
  }
  return all
    .flatMap((emoji) => {
      const place = rank(emoji)
      return place === null ? [] : [{ emoji, place }]
    })
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ emoji }) => emoji)
}
