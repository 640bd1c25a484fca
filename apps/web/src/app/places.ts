/** Where one can go: the places of the app by their translated names, the organization's own objects by theirs. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useKinds } from '../features/records/kinds.ts'
import { mainNav, mayGo, settingsEntry, settingsFor, type NavEntry, type Place } from './nav.ts'
import { paths } from './paths.ts'
import { useMay, useMe } from './session.ts'

/** The places of the sidebar; own objects stand below the standard ones. */
export function useMainPlaces(): Place[] {
  const { t } = useTranslation()
  const me = useMe()
  const kinds = useKinds()
  const maySeeOwn = useMay('custom_records:read')
  return useMemo(() => {
    const own = kinds.flatMap(({ own: names, object, path, icon }): Place[] =>
      names && maySeeOwn ? [{ name: `own.${object}`, label: names.many, path, icon }] : [],
    )
    const standard = mainNav
      .filter((entry) => mayGo(me, entry))
      .map((entry): Place => ({ ...entry, label: t(`shell.nav.${entry.name}`) }))
    const board = standard.findIndex(({ path }) => path === paths.board)
    return standard.toSpliced(board === -1 ? standard.length : board, 0, ...own)
  }, [kinds, me, maySeeOwn, t])
}

/** The settings, as a place. */
export function useSettingsPlace(): Place {
  const { t } = useTranslation()
  return { ...settingsEntry, label: t('shell.nav.settings') }
}

/** Every place that one can go to. */
export function usePlaces(): Place[] {
  const { t } = useTranslation()
  const me = useMe()
  const label = (entry: NavEntry): Place => ({ ...entry, label: t(`shell.nav.${entry.name}`) })
  const settings = settingsFor(me).flatMap(({ entries }) => entries)
  return [...useMainPlaces(), useSettingsPlace(), ...settings.map(label)]
}
