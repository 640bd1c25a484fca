import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { kindOf, type RecordKind, type StandardObject } from './kinds.ts'

type Word = 'one' | 'title' | 'new' | 'empty_title' | 'empty_text' | 'delete' | 'trashed'
type Named = Pick<RecordKind, 'object' | 'own'>

/** What screens say of a kind: of standard ones in the language of the reader, of own ones with the names they were given. */
export function useKindWords() {
  const { t } = useTranslation()
  const wordOf = useCallback(
    ({ object, own }: Named, word: Word): string =>
      own
        ? t(`records.own.${word}`, { name: own.one, names: own.many })
        : t(`records.${object as StandardObject}.${word}`),
    [t],
  )
  return {
    wordOf,
    /** By the object alone; one that is gone goes by its key. */
    titleOf: useCallback(
      (object: string): string => {
        const kind = kindOf(object)
        return kind ? wordOf(kind, 'title') : object
      },
      [wordOf],
    ),
    countOf: ({ object, own }: Named, count: number, formatted: string): string =>
      own
        ? t('records.own.count', { count, formatted, name: own.one, names: own.many })
        : t(`records.${object as StandardObject}.count`, { count, formatted }),
  }
}
