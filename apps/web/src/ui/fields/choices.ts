import type { ComboboxOption } from '../ComboboxPopup.tsx'
import { joinList } from './lists.ts'

/** More than these are found by typing. */
export const fewChoices = 12

export const findOption = (options: readonly ComboboxOption[], value: unknown): ComboboxOption | undefined =>
  options.find((option) => option.value === value)

/** The choices that a list of values names; one that is no choice any more goes by its value. */
export const chosenOptions = (options: readonly ComboboxOption[], value: unknown): ComboboxOption[] =>
  (Array.isArray(value) ? value : []).map(
    (one) => findOption(options, one) ?? { value: String(one), label: String(one) },
  )

/** A choice, or several, by what it is called; yes and no are the choices of a boolean. */
export const nameChoices = (options: readonly ComboboxOption[], value: unknown): string =>
  joinList(value, (one) => findOption(options, one)?.label ?? one)

/** By its value or by its name. */
export function matchOption(options: readonly ComboboxOption[], text: string): ComboboxOption | undefined {
  const wanted = text.toLocaleLowerCase()
  return options.find((option) => option.value === text || option.label.toLocaleLowerCase() === wanted)
}
