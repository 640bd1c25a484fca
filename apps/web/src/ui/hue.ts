/** The palette for stages, tags and people. A hue is put on an element as `data-hue`; tokens.css does the rest. */
export const HUES = [
  'slate',
  'blue',
  'green',
  'amber',
  'red',
  'violet',
  'teal',
  'pink',
  'orange',
  'indigo',
] as const

export type Hue = (typeof HUES)[number]

/** A stored colour name that this version does not know is shown as slate. */
export function toHue(name: string | null | undefined): Hue {
  return HUES.find((hue) => hue === name) ?? 'slate'
}

/** The same text always gets the same hue, on every device. */
export function hueOf(text: string): Hue {
  let sum = 7
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 100_003
  return HUES[1 + (sum % (HUES.length - 1))] ?? 'slate'
}
