import { useEffect, useRef, type ReactNode } from 'react'

/** The content scrolls, the way on stays in reach. */
export function StepFrame({
  label,
  children,
  footer,
}: {
  label: string
  children: ReactNode
  footer?: ReactNode
}) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    // The button that led here is gone, so the focus goes to where it led, unless it is elsewhere.
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <section
        ref={frame}
        aria-label={label}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto px-4 py-5 outline-none"
      >
        <div className="mx-auto flex max-w-5xl flex-col gap-8">{children}</div>
      </section>
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
