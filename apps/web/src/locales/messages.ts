import type en from './en.ts'

/**
 * English sets the keys; every other language must have the same ones, or the type check fails. A language with more
 * plural forms than English may add them beside `…_one` and `…_other`.
 */
type Translated<Source> = {
  [Key in keyof Source]: Source[Key] extends string ? string : Translated<Source[Key]>
} & {
  [
    Key in keyof Source as Key extends `${infer Stem}_other`
      ? `${Stem}_${'zero' | 'two' | 'few' | 'many'}`
      : never
  ]?: string
}

export type Messages = Translated<typeof en>
