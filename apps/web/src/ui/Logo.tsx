import { cx } from './cx.ts'

/** Two circles that share a middle. Decorative: the product's name is said elsewhere. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cx('shrink-0', className)}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g fill="none" strokeWidth="2.5" className="stroke-on-accent">
        <circle cx="12.5" cy="16" r="6.25" />
        <circle cx="19.5" cy="16" r="6.25" />
      </g>
      <path d="M16 10.82a6.25 6.25 0 0 1 0 10.36 6.25 6.25 0 0 1 0-10.36z" className="fill-on-accent" />
    </svg>
  )
}
