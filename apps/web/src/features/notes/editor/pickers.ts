/** What the pickers of members, records and signs show; the editor writes it, the list beside the caret reads it. */
export type Choice = {
  id: string
  label: string
  detail?: string
  object?: string
  /** What it is put in as, where it is no member and no record. */
  node?: { type: string; attrs?: Record<string, string> } | { text: string }
}
export type Picker = {
  kind: 'people' | 'records' | 'emoji'
  choices: readonly Choice[]
  active: number
  /** Where the caret is, in the window. */
  place: DOMRect | null
  choose: (choice: Choice) => void
}

export type PickerStore = {
  read: () => Picker | null
  write: (picker: Picker | null) => void
  subscribe: (listener: () => void) => () => void
}

export function createPickerStore(): PickerStore {
  let picker: Picker | null = null
  const listeners = new Set<() => void>()
  return {
    read: () => picker,
    write(next) {
      picker = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
