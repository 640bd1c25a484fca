type Props = { href: string | undefined; text: string; outside?: boolean }

/** A value that leads somewhere. */
export function LinkLook({ href, text, outside = false }: Props) {
  if (href === undefined) return <span className="truncate">{text}</span>
  const target = outside ? { target: '_blank', rel: 'noreferrer' } : {}
  return (
    <a
      href={href}
      {...target}
      tabIndex={-1}
      draggable={false}
      className="truncate text-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
    >
      {text}
    </a>
  )
}
