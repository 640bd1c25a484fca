import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { ParseKeys } from 'i18next'
import type { ComboboxOption } from '../ComboboxPopup.tsx'
import type { FilterType } from '../filters/types.ts'
import type { Format } from '../format.ts'

/** What an editor hands back: the shape the API takes. Null empties the field. */
export type CellValue = string | number | boolean | readonly string[] | null

/** What one has to know beside the value. */
export type FieldAbout = {
  /** For what is chosen. */
  options: readonly ComboboxOption[]
  /** ISO 4217, for money. */
  currency?: string | undefined
}

export type Parsed =
  { ok: true; value: CellValue } | { ok: false; reason: 'number' | 'date' | 'option' | 'email' | 'url' }

/**
 * How values of one type look, are edited, read and written, wherever fields are shown: in tables, panels, forms and
 * filters, and through the clipboard.
 */
export type FieldType = {
  /** Of a column, in pixels, until somebody drags it elsewhere. */
  width: number
  align?: 'end'
  filter: FilterType
  /** Its value is one of its choices, or several of them; otherwise it is written. */
  choice?: 'one' | 'many'
  /** What stands in it when it is emptied. */
  empty: null | readonly []
  /** Keys that begin an edit; others stay shortcuts. */
  begins?: RegExp
  input?: FieldInput
  /** What reading needs and is not loaded with the page. */
  prepare?: (format: Format) => Promise<unknown>
  /** What typed or pasted text means. It is trimmed and not empty. */
  read: (text: string, about: FieldAbout, format: Format) => Parsed
  /** As people read it; the value is not empty. */
  write: (value: unknown, about: FieldAbout, format: Format) => string
  /** For the clipboard: numbers and dates plain, so that a spreadsheet reads them as such. */
  copy: (value: unknown, about: FieldAbout) => string
  /** The text an editor starts with. */
  draft: (value: unknown, format: Format) => string
  /** What a picked choice stands for, where it is not the choice's own value. */
  picked?: (choice: string) => CellValue
  link?: FieldLink
  /** How a value looks in a cell. */
  Look: ComponentType<FieldLookProps>
  /** What is laid over a cell to edit it. */
  Editor: ComponentType<FieldEditorProps>
  /** What a form shows for it. */
  Control: ComponentType<FieldControlProps>
}

/** How a field that is written is typed into. */
export type FieldInput = {
  type?: 'tel'
  /** A day is picked from a month, too; with the time of day, without, or as it is typed. */
  day?: 'alone' | 'timed' | 'either'
  inputMode?: 'decimal' | 'email' | 'tel' | 'url'
  multiline?: boolean
}

/** Whom or what the value leads to. */
export type FieldLink = {
  icon: LucideIcon
  label: ParseKeys
  /** In a tab of its own. */
  outside?: boolean
  to: (value: string) => string | undefined
}

export type FieldLookProps = {
  value: unknown
  /** As `write` tells it. */
  text: string
  options: readonly ComboboxOption[]
}

/** Where the focus goes after an edit: Enter down, Tab sideways. */
export type AfterEdit = 'stay' | 'down' | 'up' | 'right' | 'left'

export type FieldEditorProps = {
  /** What the field is called. */
  name: string
  /** What is there, or what the server refused last time, to be corrected. */
  value: unknown
  /** Why it was refused. */
  refused: string | null
  /** `value` as text. */
  draft: string
  /** The key that began the edit; it replaces what was there. */
  typed: string | null
  options: readonly ComboboxOption[]
  mayEmpty: boolean
  align?: 'start' | 'end' | undefined
  input: FieldInput
  /** What reading needs first. */
  prepare?: (() => Promise<unknown>) | undefined
  read: (text: string) => { value: CellValue } | { problem: string }
  onCommit: (value: CellValue, after: AfterEdit) => void
  /** Ends the edit without saving. */
  onClose: (after: AfterEdit) => void
}

/** What a form holds: text as typed, ids as chosen. */
export type Typed = string | string[] | null

export type FieldControlProps = {
  value: Typed
  onChange: (value: Typed) => void
  options: readonly ComboboxOption[]
  input: FieldInput
  currency?: string | undefined
  placeholder?: string
  label?: string
  className?: string
  disabled?: boolean
  id?: string
  name?: string
  ref?: (element: HTMLElement | null) => void
  onBlur?: () => void
}
