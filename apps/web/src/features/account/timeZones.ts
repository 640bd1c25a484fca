import type { ComboboxOption } from '../../ui/Combobox.tsx'

/** Every zone that the browser knows, by its own name; with the chosen one, whoever knows it. */
export function zoneOptions(chosen: string): ComboboxOption[] {
  const known = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])
  return [...known].toSorted().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
