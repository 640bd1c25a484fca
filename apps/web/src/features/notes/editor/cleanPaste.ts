/**
 * What word processors put on the clipboard, as plain structure: bold, italic and struck out as elements instead of
 * styles, Word's list paragraphs as lists, and nothing of the rest. The editor then takes from it what it knows.
 */
const listParagraph = /mso-list:\s*l\d+\s+level(\d)/i
const numbered = /^\s*(\d+|[a-z])[.)]/i

export function cleanPaste(html: string): string {
  // An inert document: nothing in it runs or is fetched.
  const { body } = new DOMParser().parseFromString(withoutActs(html), 'text/html')
  for (const element of body.querySelectorAll('style, script, meta, link, title, xml, o\\:p'))
    element.remove()
  removeComments(body)
  makeLists(body)
  for (const element of body.querySelectorAll<HTMLElement>('[data-style]')) {
    const style = element.getAttribute('data-style') ?? ''
    element.removeAttribute('data-style')
    if (element.tagName === 'B' || element.tagName === 'STRONG') {
      // Google Docs wraps all of it in a bold that is none.
      if (/font-weight:\s*(normal|400)/i.test(style)) element.replaceWith(...element.childNodes)
      continue
    }
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapContent(element, 'strong')
    if (/font-style:\s*italic/i.test(style)) wrapContent(element, 'em')
    if (/text-decoration[^;]*line-through/i.test(style)) wrapContent(element, 's')
  }
  return body.innerHTML
}

/** The policy of pages would refuse these one by one, and say so each time. */
const withoutActs = (html: string) =>
  html.replace(/<[^>]*>/g, (tag) =>
    tag.replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son\w+\s*=/gi, ' data-act='),
  )

function removeComments(root: Element): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

function wrapContent(element: Element, tag: string): void {
  // Headings are bold by themselves.
  if (/^H\d$/.test(element.tagName)) return
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

/** Word says "list" in a style of the paragraph, and writes its bullet or number as text. */
function makeLists(root: Element): void {
  for (const paragraph of root.querySelectorAll('p')) {
    if (!listParagraph.test(paragraph.getAttribute('data-style') ?? '')) continue
    const marker = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('data-style') ?? ''),
    )
    const tag = numbered.test(marker?.textContent ?? '') ? 'OL' : 'UL'
    marker?.remove()
    const before = paragraph.previousElementSibling
    const list = before?.tagName === tag ? before : root.ownerDocument.createElement(tag)
    if (list !== before) paragraph.before(list)
    const item = root.ownerDocument.createElement('li')
    item.append(...paragraph.childNodes)
    list.append(item)
    paragraph.remove()
  }
}
