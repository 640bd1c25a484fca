import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { detectFormat, profileFile } from './analysis.ts'
import { findHeader, tableBegins } from './header-row.ts'

async function namesOf(text: string) {
  const bytes = Buffer.from(text)
  const { columns, format, total } = await profileFile(Readable.from([bytes]), detectFormat(bytes, 'utf-8'))
  return {
    names: columns.map(({ name }) => name),
    row: format.header_row,
    delimiter: format.delimiter,
    total,
  }
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => `Ana ${n},a${n}@x.com,São Paulo,10\n`).join('')

describe('the names of columns are found', () => {
  it('in the first row', async () => {
    expect(await namesOf(`name,email,city,value\n${rows(3)}`)).toMatchObject({ row: 1, total: 3 })
  })

  it('below a title and notes, as LinkedIn writes them', async () => {
    const notes =
      'Notes:\n"When exporting your connections, some addresses may be missing, as people choose."\n\n'
    expect(await namesOf(`${notes}First Name,Last Name,URL,Email Address\n${rows(1)}`)).toEqual({
      names: ['First Name', 'Last Name', 'URL', 'Email Address'],
      row: 4,
      delimiter: ',',
      total: 1,
    })
  })

  it('below a title that a spreadsheet filled up with delimiters', async () => {
    const title = 'Leads of November;;;\nBy;Ana;;\n;;;\n'
    expect(
      await namesOf(`${title}Nome;E-mail;Cidade;Valor\nJoão;j@x.com;Recife;1,5\nZé;z@x.com;Natal;2,5\n`),
    ).toEqual({
      names: ['Nome', 'E-mail', 'Cidade', 'Valor'],
      row: 4,
      delimiter: ';',
      total: 2,
    })
  })

  it('after the line in which Excel says the delimiter', async () => {
    expect(await namesOf('sep=;\nname;email;city;value\nAna;a@x.com;Rio;1\n')).toMatchObject({
      row: 2,
      total: 1,
    })
  })

  it('in the first row where most cells below are empty, or one row was cut into too many', async () => {
    expect(await namesOf('name,email,city,value\nAna,,,\nBo,,,\nCy,,,\n')).toMatchObject({ row: 1, total: 3 })
    expect(
      await namesOf(`name,email,note\nAna,a@x.com,a,b,c,d,e,f,g,h,i,j\nBo,b@x.com,x\nCy,c@x.com,y\n`),
    ).toMatchObject({
      row: 1,
      total: 3,
    })
  })

  it('in a first row of days', async () => {
    expect(await namesOf('name,2026-01-31,28/02/2026\nAna,1,2\n')).toMatchObject({ row: 1, total: 1 })
  })

  it('nowhere in a file without names, whose first row comes in as well', async () => {
    expect(await namesOf('Ana,ana@x.com,+55 11 94985-5969\nBo,bo@x.com,\n')).toEqual({
      names: ['column_1', 'column_2', 'column_3'],
      row: 0,
      delimiter: ',',
      total: 2,
    })
  })

  it('without keeping many rows that are very long', async () => {
    let read = 0
    async function* long() {
      for (let row = 1; row <= 100; row++) {
        read += 1
        yield { row, cells: Array.from({ length: 400_000 }, () => 'x') }
      }
    }
    expect((await findHeader(long(), undefined))?.header.row).toBe(1)
    expect(read).toBe(2)
  })

  it('where a file has one or two columns', () => {
    expect(tableBegins([1, 1, 1])).toBe(0)
    expect(tableBegins([2, 1, 2, 2])).toBe(0)
    expect(tableBegins([])).toBe(0)
  })
})
