import { z } from 'zod'

/** Names of the palette that screens know in both themes. */
export const colors = [
  'slate',
  'blue',
  'indigo',
  'violet',
  'pink',
  'red',
  'orange',
  'amber',
  'green',
  'teal',
] as const
export const Color = z.enum(colors)
export type Color = z.infer<typeof Color>
