import type { ReactNode } from 'react'

/** The content scrolls, the way on stays in reach. */
export function StepFrame({ children, footer }: { children: ReactNode; footer?: ReactNode }) {
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5">
        <div className="mx-auto flex max-w-5xl flex-col gap-8">{children}</div>
      </div>
      {footer ? (
        <div className="shrink-0 border-t border-line px-4 py-2">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-end gap-x-4 gap-y-2">
            {footer}
          </div>
        </div>
      ) : null}
    </>
  )
}
