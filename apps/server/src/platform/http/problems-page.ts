/** The page that the `type` of every error answer leads to: each code with its anchor, from what the code itself says. */
import { escapeHtml } from '../mail/render.ts'
import { problemsPath, typeOf, type Catalogue, type CatalogueEntry } from '../problem-catalogue.ts'

const styleSheet = `${problemsPath}.css`

const introduction = `<p><a href="/api/docs">← Rapport API</a></p><h1>Problems</h1>
<p>Every error answer is a problem document (RFC 9457, <code>application/problem+json</code>). Programs go by <code>code</code>,
which never changes its meaning; <code>title</code> and <code>detail</code> are for people. <code>request_id</code> finds the request in the
log of the server. A conflict brings the record as it is in <code>current</code>; input that is not acceptable brings
<code>errors</code>, with <code>path</code>, <code>code</code> and <code>message</code> of each place.</p>`

export function problemsHtml({ statuses, fields }: Catalogue): string {
  const sections = statuses.map(({ status, title, entries }) => ({
    id: `status-${status}`,
    heading: `${status} ${title}`,
    body: entries.map((entry) => entryHtml(entry, entry.code)).join('\n'),
  }))
  sections.push({
    id: 'fields',
    heading: 'Codes of single places',
    body: `<p>As <code>errors[].code</code>, mostly with 422 <a href="${typeOf('invalid_input')}"><code>invalid_input</code></a>.</p>
${fields.map((entry) => entryHtml(entry, `field-${entry.code}`)).join('\n')}`,
  })
  const contents = sections.map(({ id, heading }) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`)
  const main = sections.map(
    ({ id, heading, body }) => `<section id="${id}"><h2>${escapeHtml(heading)}</h2>\n${body}</section>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems · Rapport API</title><link rel="icon" href="/api/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="${styleSheet}"></head>
<body><main>${introduction}
<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>
${main.join('\n')}</main></body></html>`
}

const entryHtml = ({ code, when, remedy }: CatalogueEntry, id: string) =>
  `<article id="${id}"><h3><a href="#${id}"><code>${code}</code></a></h3>` +
  `<p>${escapeHtml(when)}</p><p><strong>What to do:</strong> ${escapeHtml(remedy)}</p></article>`

export const problemsCss = `:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:.5rem 0}
h2{margin:2.5rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}
h3{margin:0;font-size:1rem;overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;list-style:none}
article{margin:0 -.75rem;padding:.6rem .75rem;border-radius:.5rem;scroll-margin-top:1rem}
article:target{background:color-mix(in srgb,Highlight 22%,transparent)}
article p{margin:.15rem 0}
code{font-family:ui-monospace,monospace;font-size:.95em}`
