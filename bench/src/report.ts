/** One aligned table: each figure beside its limit. */
import type { Figure } from './bench.ts'

const headings = [
  'figure',
  'rapport',
  'limit',
  'unit',
  'ratio',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'limit p95',
  'cpu µs',
  'limit cpu',
  'target',
  'ok?',
]

export function renderTable(figures: Figure[]): string {
  const lines = [headings, ...figures.map(cellsOf)]
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] as string).length)),
  )
  const isText = (column: number) => [0, 3, 11, 12].includes(column)
  const rows = lines.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] as number
        return isText(column) ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  const notes = figures.flatMap(({ figure, note }) => (note ? [`${figure}: ${note}`] : []))
  return [
    '',
    rows[0],
    '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)),
    ...rows.slice(1),
    ...notes,
    '',
  ].join('\n')
}

function cellsOf(figure: Figure): string[] {
  return [
    figure.figure,
    formatNumber(figure.rapport),
    formatNumber(figure.limit),
    figure.unit,
    figure.ratio === null ? '' : `${Math.round(figure.ratio * 100)} %`,
    formatNumber(figure.p50_ms),
    formatNumber(figure.p95_ms),
    formatNumber(figure.p99_ms),
    formatNumber(figure.limit_p95_ms),
    formatNumber(figure.processor_us),
    formatNumber(figure.limit_processor_us),
    figure.target,
    figure.ok === null ? '' : figure.ok ? 'yes' : 'NO',
  ]
}

function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return ''
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}
