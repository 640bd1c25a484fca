/** What a web page calls itself, read from its head without running or loading anything of it. */
export type PageTold = { title: string; description: string | null; site: string }

const longest = { title: 200, description: 300, site: 80 }

export function readPage(html: Buffer): PageTold | null {
  const text = html.toString('utf8')
  const told = new Map<string, string>()
  for (const [tag] of text.matchAll(/<meta\s[^>]{0,2000}>/gi)) {
    const name = attribute(tag, 'property') ?? attribute(tag, 'name')
    const content = attribute(tag, 'content')
    if (name !== undefined && content !== undefined && !told.has(name.toLowerCase()))
      told.set(name.toLowerCase(), content)
  }
  const title = plain(
    told.get('og:title') ?? /<title[^>]{0,200}>([^<]{0,2000})/i.exec(text)?.[1] ?? '',
    longest.title,
  )
  if (title === '') return null
  return {
    title,
    description:
      plain(told.get('og:description') ?? told.get('description') ?? '', longest.description) || null,
    site: plain(told.get('og:site_name') ?? '', longest.site),
  }
}

const attribute = (tag: string, name: string): string | undefined => {
  const [, quoted, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? []
  return quoted ?? single
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

function plain(text: string, most: number): string {
  const decoded = text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : ''
    },
  )
  return decoded
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
}
