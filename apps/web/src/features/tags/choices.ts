import { isTagId, tagKey, type RecordTag } from '@rapport/contracts'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import type { ComboboxOption } from '../../ui/ComboboxPopup.tsx'
import { useTags } from './api.ts'

export const tagOption = ({ id, name, color }: RecordTag): ComboboxOption => ({
  value: id,
  label: name,
  hue: color,
})

export function useTagOptions(): ComboboxOption[] {
  const tags = useTags()
  return useMemo(() => tags.map(tagOption), [tags])
}

/** The tag that would be made of what is typed; null where it is there already, or one's role makes none. */
export function useNewTag(): (query: string) => ComboboxOption | null {
  const { t } = useTranslation()
  const tags = useTags()
  const mayCreate = useMay('tags:create')
  return useCallback(
    (query) => {
      const name = query.trim()
      const isThere = tags.some((tag) => tagKey(tag.name) === tagKey(name))
      if (!mayCreate || name === '' || name.length > 60 || isTagId(name) || isThere) return null
      return { value: name, label: t('tags.create', { name }) }
    },
    [tags, mayCreate, t],
  )
}

/** All that can be chosen, with what the record carries though it is not among the known ones yet. */
export function useChoosableTags(carried: readonly RecordTag[]): ComboboxOption[] {
  const options = useTagOptions()
  return useMemo(() => {
    const unknown = carried.filter(({ id }) => !options.some(({ value }) => value === id))
    return [...options, ...unknown.map(tagOption)]
  }, [options, carried])
}
