import { Toast } from '@base-ui/react/toast'

export type ToastKind = 'success' | 'problem' | 'undo' | 'progress' | 'news'

/** What one can do about a message, beside taking the action back. */
export type ToastAction = { label: string; run: () => void }
/** `undo` gives the toast its button; it runs at most once. */
export type ToastData = {
  kind: ToastKind
  undo?: () => void
  /** Of something under way: 0 to 1, and the same in words. */
  progress?: { value: number; detail: string }
  actions?: readonly ToastAction[]
}

const UNDO_MS = 10_000
const SUCCESS_MS = 4_000
const PROBLEM_MS = 8_000

/** The one queue of messages; Toaster shows it. */
export const toasts = Toast.createToastManager<ToastData>()

/** Undos that are on offer and that only this page knows of, the latest last. */
const offers: { toast_id: string; undo: () => void; offered_at: number }[] = []
/** Messages that are changed in place while they are shown. */
const standing = new Set<string>()

/** Says whether it was still on offer. */
function withdraw(toast_id: string): boolean {
  const index = offers.findIndex((offer) => offer.toast_id === toast_id)
  if (index !== -1) offers.splice(index, 1)
  return index !== -1
}

type Standing = {
  title: string
  description?: string
  data: ToastData
  timeout?: number
  onClose?: () => void
}

export const notify = {
  success(title: string, description?: string): void {
    toasts.add({ title, description, timeout: SUCCESS_MS, data: { kind: 'success' } })
  },

  /** Something failed; read aloud at once. Say in `description` what became of the person's work. */
  problem(title: string, description?: string): void {
    toasts.add({ title, description, timeout: PROBLEM_MS, priority: 'high', data: { kind: 'problem' } })
  },

  /** Something was done and can be taken back for ten seconds, here or by `z`. Returns a function that ends the offer early. */
  undo(title: string, undo: () => void, description?: string): () => void {
    const run = () => {
      const offered = withdraw(toast_id)
      toasts.close(toast_id)
      if (offered) undo()
    }
    const toast_id: string = toasts.add({
      title,
      description,
      timeout: UNDO_MS,
      data: { kind: 'undo', undo: run },
      onClose: () => void withdraw(toast_id),
    })
    offers.push({ toast_id, undo: run, offered_at: Date.now() })
    return () => {
      withdraw(toast_id)
      toasts.close(toast_id)
    }
  },

  /** Something was done that the server can take back, now and later: this is the shorter way, `z` goes another. */
  undoable(title: string, undo: () => void): void {
    const toast_id: string = toasts.add({
      title,
      timeout: UNDO_MS,
      data: {
        kind: 'undo',
        undo: () => {
          toasts.close(toast_id)
          undo()
        },
      },
    })
  },

  /** A message under a name of its own: told again, it changes in place. It stays unless it is given a time. */
  stand(id: string, { title, description, data, timeout = 0, onClose }: Standing): void {
    const shown = { title, description: description ?? '', timeout, data }
    if (standing.has(id)) return toasts.update(id, shown)
    standing.add(id)
    toasts.add({
      ...shown,
      id,
      onClose: () => {
        standing.delete(id)
        onClose?.()
      },
    })
  },

  end: (id: string): void => toasts.close(id),

  /** The latest undo that only this page knows of, and since when (ms). */
  latestOffer: (): { undo: () => void; offered_at: number } | undefined => offers.at(-1),
}
