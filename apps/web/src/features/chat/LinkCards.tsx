import type { ChatMessage } from '@rapport/contracts'

/** What is behind the links of a message, as the server has looked it up. */
export function LinkCards({ links }: Pick<ChatMessage, 'links'>) {
  return links.map(({ url, title, description, site }) => (
    <a
      key={url}
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="mt-1 block max-w-lg border-l-2 border-line-strong py-0.5 pl-3 hover:border-accent"
    >
      <span className="block text-11 text-faint">{site}</span>
      <span className="block truncate text-13 font-medium text-accent-ink">{title}</span>
      {description === null ? null : <span className="line-clamp-2 text-12 text-muted">{description}</span>}
    </a>
  ))
}
