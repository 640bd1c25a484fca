/** Reads XML as it comes, in bounded memory: no entity of the file's own is ever expanded. */
import type { Readable } from 'node:stream'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { Problem } from '../../../platform/problems.ts'
import { brokenWorkbook, workbookTooLarge } from './problems.ts'

export type Tag = { name: string; attributes: Record<string, string> }
export type XmlEvents = {
  open: (tag: Tag) => void
  close: (name: string) => void
  text: (text: string) => void
}

/** No sheet needs more; what goes on beyond is kept by no parser. */
const deepest = 50
const longestPiece = 4 * 1024 * 1024

/** Names without their prefix: some programs write `<x:row>`. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1)

function createParser(events: XmlEvents): SaxesParser<{ xmlns: false }> {
  const parser = new SaxesParser({ xmlns: false })
  let depth = 0
  parser.on('opentag', (tag: SaxesTagPlain) => {
    depth += 1
    if (depth > deepest) throw brokenWorkbook('its parts are nested too deep')
    events.open({ name: bare(tag.name), attributes: tag.attributes })
  })
  parser.on('closetag', (tag: SaxesTagPlain) => {
    depth -= 1
    events.close(bare(tag.name))
  })
  parser.on('text', events.text)
  parser.on('cdata', events.text)
  parser.on('error', (error) => {
    throw brokenWorkbook(error.message)
  })
  return parser
}

export function parseXml(text: string, events: XmlEvents): void {
  if (text !== '') createParser(events).write(text).close()
}

/** Answers after each piece, so that whoever collects rows can hand them on. */
export async function* parseXmlStream(bytes: Readable, events: XmlEvents): AsyncGenerator<void, void, void> {
  const parser = createParser(events)
  const decoder = new TextDecoder('utf-8')
  try {
    let open = 0
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      // The parser holds what has no end yet: a text, a tag, a comment.
      open = text.includes('<') ? text.length : open + text.length
      if (open > longestPiece) throw workbookTooLarge()
      parser.write(text)
      yield
    }
    parser.write(decoder.decode()).close()
    yield
  } catch (error) {
    if (error instanceof Problem) throw error
    throw brokenWorkbook(error instanceof Error ? error.message : String(error))
  } finally {
    bytes.destroy()
  }
}
