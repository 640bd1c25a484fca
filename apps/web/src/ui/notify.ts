import { Toast } from '@base-ui/react/toast'

export type ToastKind = 'success' | 'problem' | 'undo'

/** `undo` gives the toast its button; it runs at most once. */
export type ToastData = { kind: ToastKind; undo?: () => void }

const UNDO_MS = 10_000
const SUCCESS_MS = 4_000
const PROBLEM_MS = 8_000

/** The one queue of messages; Toaster shows it. */
export const toasts = Toast.createToastManager<ToastData>()

/** Undos that are still on offer, the latest last; `z` takes them back one by one. */
const offers: { toast_id: string; undo: () => void }[] = []

function withdraw(toast_id: string): (() => void) | undefined {
  const index = offers.findIndex((offer) => offer.toast_id === toast_id)
  return index === -1 ? undefined : offers.splice(index, 1)[0]?.undo
}

function runUndo(toast_id: string): void {
  const undo = withdraw(toast_id)
  toasts.close(toast_id)
  undo?.()
}

export const notify = {
  success(title: string, description?: string): void {
    toasts.add({ title, description, timeout: SUCCESS_MS, data: { kind: 'success' } })
  },

  /** Something failed; read aloud at once. Say in `description` what became of the person's work. */
  problem(title: string, description?: string): void {
    toasts.add({ title, description, timeout: PROBLEM_MS, priority: 'high', data: { kind: 'problem' } })
  },

  /** Something was done and can be taken back for ten seconds. Returns a function that ends the offer early. */
  undo(title: string, undo: () => void, description?: string): () => void {
    const toast_id: string = toasts.add({
      title,
      description,
      timeout: UNDO_MS,
      data: { kind: 'undo', undo: () => runUndo(toast_id) },
      onClose: () => void withdraw(toast_id),
    })
    offers.push({ toast_id, undo })
    return () => {
      withdraw(toast_id)
      toasts.close(toast_id)
    }
  },

  /** Says whether there was something to undo. */
  undoLast(): boolean {
    const last = offers.at(-1)
    if (last === undefined) return false
    runUndo(last.toast_id)
    return true
  },
}
