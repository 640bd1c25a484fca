/** Where a value leads: to a call, a letter or a page; undefined when nowhere. */
export function linkTo(type: string, text: string): string | undefined {
  if (text === '') return undefined
  if (type === 'phone') return `tel:${text.replaceAll(/[^\d+]/g, '')}`
  if (type === 'email') return `mailto:${text}`
  return type === 'url' ? webAddress(text) : undefined
}

/** Stored text decides where a link goes, so only web addresses become links. */
function webAddress(text: string): string | undefined {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined
}
