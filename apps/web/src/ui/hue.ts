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
  // FNV-1a: names that differ in one letter land far apart.
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return HUES[1 + ((hash >>> 0) % (HUES.length - 1))] ?? 'slate'
}
