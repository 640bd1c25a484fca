/** How a quote is laid out on A4: head, whom it is for, a table of lines that may run over pages, and totals. */
import { lineAmounts, lineTotals } from '@rapport/contracts'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.d.ts'
import type { QuoteContent } from './content.ts'
import type { Line } from '../lines/repository.ts'
import { quoteWords, type QuoteLanguage } from './words.ts'

export type Issue = { number: string; date: string; valid_until: string; language: QuoteLanguage }
type Formats = ReturnType<typeof formatsOf>

const ink = '#1f2430'
const quiet = '#6b7280'
const hairline = '#d9dce3'

export function layOutQuote(content: QuoteContent, issue: Issue): TDocumentDefinitions {
  const { deal, organization } = content
  const words = quoteWords[issue.language]
  const formats = formatsOf(issue.language, deal.currency)
  return {
    info: { title: `${words.title} ${issue.number}`, author: organization, subject: deal.name },
    pageSize: 'A4',
    pageMargins: [48, 56, 48, 64],
    language: issue.language,
    defaultStyle: { font: 'Roboto', fontSize: 9.5, color: ink, lineHeight: 1.2 },
    content: [
      head(content, issue, formats),
      parties(content, issue),
      { text: deal.name, fontSize: 13, bold: true, margin: [0, 24, 0, 10] },
      table(deal.lines, deal.currency, issue, formats),
      totals(content, issue, formats),
    ],
    footer: (page, pages) => ({
      margin: [48, 24, 48, 0],
      columns: [
        { text: `${organization} · ${issue.number}`, color: quiet, fontSize: 8 },
        { text: words.page(page, pages), alignment: 'right', color: quiet, fontSize: 8 },
      ],
    }),
  }
}

function formatsOf(language: QuoteLanguage, currency: string) {
  const money = new Intl.NumberFormat(language, { style: 'currency', currency })
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 4 })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  return {
    money: (amount: number) => money.format(amount),
    number: (value: number) => number.format(value),
    percent: (value: number) => `${number.format(value)} %`,
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  }
}

function head({ organization }: QuoteContent, issue: Issue, { day }: Formats): Content {
  const words = quoteWords[issue.language]
  const facts = [
    [words.number, issue.number],
    [words.date, day(issue.date)],
    [words.valid_until, day(issue.valid_until)],
  ]
  const title = { width: 'auto', text: words.title, fontSize: 20, bold: true }
  const table = {
    body: facts.map(([label = '', value = '']): TableCell[] => [
      { text: label, color: quiet },
      { text: value, alignment: 'right' },
    ]),
  }
  return [
    { columns: [{ width: '*', text: organization, fontSize: 15, bold: true }, title] },
    {
      margin: [0, 6, 0, 0],
      columns: [
        { width: '*', text: '' },
        { width: 'auto', layout: 'noBorders', table },
      ],
    },
  ]
}

function parties({ company, contact, seller }: QuoteContent, { language }: Issue): Content {
  const words = quoteWords[language]
  const place = [company?.city, company?.state, company?.country].filter(Boolean).join(', ')
  const customer = [company?.name, contact?.full_name, company?.address, place, contact?.email]
  const columns = [
    party(words.prepared_for, customer),
    party(words.prepared_by, [seller?.full_name, seller?.email]),
  ].filter((column) => column !== null)
  return { columns, margin: [0, 22, 0, 0] }
}

function party(label: string, lines: readonly (string | null | undefined)[]): Content | null {
  const [first, ...others] = lines.filter((line): line is string => Boolean(line))
  if (first === undefined) return null
  return {
    stack: [
      { text: label, color: quiet, fontSize: 8.5, margin: [0, 0, 0, 3] },
      { text: first, bold: true },
      ...others.map((text) => ({ text })),
    ],
  }
}

function table(lines: readonly Line[], currency: string, { language }: Issue, formats: Formats): Content {
  const words = quoteWords[language]
  // A column that no line needs is left out.
  const discounted = lines.some((line) => line.discount_percent > 0)
  const taxed = lines.some((line) => line.tax_percent > 0)
  const right = (text: string): TableCell => ({ text, alignment: 'right' })
  const heading = (text: string, alignment: 'left' | 'right'): TableCell => ({
    text,
    alignment,
    color: quiet,
    fontSize: 8.5,
  })
  const some = (isShown: boolean, cell: TableCell) => (isShown ? [cell] : [])
  const rows = lines.map((line): TableCell[] => [
    {
      stack: [
        { text: line.name, bold: true },
        ...(line.description ? [{ text: line.description, color: quiet, fontSize: 8.5 }] : []),
      ],
    },
    right([formats.number(line.quantity), line.unit].filter(Boolean).join(' ')),
    right(formats.money(line.unit_price)),
    ...some(discounted, right(line.discount_percent > 0 ? formats.percent(line.discount_percent) : '')),
    ...some(taxed, right(formats.percent(line.tax_percent))),
    right(formats.money(lineAmounts(line, currency).net)),
  ])
  return {
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0 : 0.6),
      vLineWidth: () => 0,
      hLineColor: () => hairline,
      paddingLeft: (column: number) => (column === 0 ? 0 : 6),
      paddingRight: (column: number, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 6),
      paddingTop: () => 6,
      paddingBottom: () => 6,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 'auto', 'auto', ...(discounted ? ['auto'] : []), ...(taxed ? ['auto'] : []), 'auto'],
      body: [
        [
          heading(words.item, 'left'),
          heading(words.quantity, 'right'),
          heading(words.unit_price, 'right'),
          ...some(discounted, heading(words.discount, 'right')),
          ...some(taxed, heading(words.tax, 'right')),
          heading(words.amount, 'right'),
        ],
        ...rows,
      ],
    },
  }
}

function totals({ deal }: QuoteContent, { language }: Issue, { money }: Formats): Content {
  const words = quoteWords[language]
  const sums = lineTotals(deal.lines, deal.currency)
  const row = (label: string, amount: number): TableCell[] => [
    { text: label, color: quiet },
    { text: money(amount), alignment: 'right' },
  ]
  const body = [
    ...(sums.discount > 0
      ? [row(words.subtotal, sums.net + sums.discount), row(words.discount, -sums.discount)]
      : []),
    ...(sums.tax > 0 ? [row(words.net, sums.net), row(words.tax_total, sums.tax)] : []),
    [
      { text: words.total, bold: true, fontSize: 12 },
      { text: money(sums.gross), bold: true, fontSize: 12, alignment: 'right' as const },
    ],
  ]
  return {
    unbreakable: true,
    margin: [0, 14, 0, 0],
    columns: [
      { width: '*', text: '' },
      { width: 'auto', layout: 'noBorders', table: { widths: ['auto', 'auto'], body } },
    ],
  }
}
