/** Numbers and times as their reader writes them. */
import type { Language } from '../../platform/actor.ts'
import type { CellKind } from './columns.ts'

export type Localize = Record<Exclude<CellKind, 'text'>, (cell: string) => string>

const dayFirst = (day: string): string => day.split('-').toReversed().join('/')

const ways: Record<Language, Localize> = {
  en: {
    number: (cell) => cell,
    date: (cell) => cell,
    datetime: (cell) => cell.replace('T', ' '),
  },
  'pt-BR': {
    number: (cell) => cell.replace('.', ','),
    date: dayFirst,
    datetime: (cell) => `${dayFirst(cell.slice(0, 10))} ${cell.slice(11)}`,
  },
}

export const localizeFor = (language: Language): Localize => ways[language]
