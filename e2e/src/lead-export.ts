/** A made-up export of another system: no column holds a name, and three rows have a value that cannot be one. */
const origins = ['API', 'Landing Page Submission', 'Lead Add Form']
const sources = ['Google', 'Direct Traffic', 'Olark Chat', 'Referral Sites', '']
const activities = ['Email Opened', 'SMS Sent', 'Page Visited on Website']
const cities: readonly (readonly [string, string])[] = [
  ['São Paulo', 'Brazil'],
  ['Lisboa', 'Portugal'],
  ['"Washington, D.C."', 'United States'],
]

const header =
  'Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Converted,TotalVisits,Last Activity,Country,City,Expected Value,Notes'

export const exportedRows = 300
export const brokenRows = 3

/** Every hundredth row, from the fifty-first on, is broken. */
export function aLeadExport(rows = exportedRows): string {
  return `${[header, ...Array.from({ length: rows }, (_, index) => rowAt(index))].join('\r\n')}\r\n`
}

const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value

function rowAt(index: number): string {
  const [city, country] = pick(cities, index)
  const isBroken = index % 100 === 50
  return [
    `8f3c0000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    660_000 + index,
    pick(origins, index),
    pick(sources, index),
    'No',
    index % 3 === 0 ? '1' : '0',
    index % 7,
    pick(activities, index),
    country,
    city,
    isBroken ? 'to be agreed' : (index * 12.5).toFixed(2),
    index % 10 === 0 ? '"said: ""call me"""' : '',
  ].join(',')
}
