import { describe, expect, it } from 'vitest'
import { guessAs } from './guess.fixture.ts'
import { isAskedForAll } from './guess.ts'
import { nameColumns } from './header.ts'

const guess = (table: Record<string, string[]>) => guessAs('lead', table)

describe('the guessed mapping', () => {
  it('knows the headings people use in English', () => {
    const { mapping } = guess({
      'Full Name': ['Bo Li', 'Cy Ray'],
      'E-mail Address': ['bo@x.com', 'cy@x.com'],
      'Phone #': ['+1 555 010 2030', '555 010 2031'],
      Organisation: ['Acme', 'Bits'],
      'Deal Value': ['$1,000.50', '$20'],
      'Lead Status': ['New', 'Lost'],
      'Assigned To': ['Ana Souza', 'ana@example.com'],
      'Lead Score': ['10', '99'],
    })
    expect(mapping).toEqual({
      'Full Name': 'full_name',
      'E-mail Address': 'email',
      'Phone #': 'phone',
      Organisation: 'company_name',
      'Deal Value': 'estimated_value',
      'Lead Status': 'status',
      'Assigned To': 'owner_id',
      'Lead Score': 'score',
    })
  })

  it('knows the headings people use in Portuguese', () => {
    const { mapping } = guess({
      'Nome Completo': ['João Dias', 'Zé Lima'],
      'Endereço de e-mail': ['j@x.com', 'z@x.com'],
      Celular: ['(11) 98765-4321', '(11) 98765-4322'],
      'Razão Social': ['Padaria Sol', 'Oficina Lua'],
      Valor: ['R$ 1.000,50', 'R$ 20,00'],
      Situação: ['Novo', 'Perdido'],
      Responsável: ['Ana Souza', ''],
      UF: ['SP', 'RJ'],
      País: ['Brasil', 'Brasil'],
    })
    expect(Object.values(mapping)).toEqual([
      'full_name',
      'email',
      'mobile',
      'company_name',
      'estimated_value',
      'status',
      'owner_id',
      'state',
      'country',
    ])
  })

  it('goes by what a column holds when its name says nothing', () => {
    const { mapping } = guess({ A: ['bo@x.com', 'cy@x.com'], B: ['Brasil', 'Portugal'], C: ['blue', 'red'] })
    expect(mapping).toEqual({ A: 'email', B: 'country', C: 'custom.c' })
  })

  it('never gives a column to a field that cannot read its values', () => {
    const { mapping } = guess({
      Status: ['Ringing', 'Busy'],
      Owner: ['Nobody Here', 'Somebody Else'],
      Email: ['yes', 'no'],
      'Company Size': ['51-200', '1-10'],
      Score: ['450', '900'],
    })
    expect(Object.values(mapping)).toEqual([
      'custom.status',
      'custom.owner',
      'custom.email',
      'custom.company_size',
      'custom.score',
    ])
  })

  it('uses each field once and keeps the second column of a kind', () => {
    const { mapping } = guess({ Email: ['a@x.com', 'b@x.com'], 'Email 2': ['c@x.com', 'd@x.com'] })
    expect(mapping).toEqual({ Email: 'email', 'Email 2': 'custom.email_2' })
  })

  it('takes a name of any kind where there is no other, but none that comes again and again', () => {
    const others = {
      'Campaign Name': ['Fair', 'Fair', 'Fair', 'Fair'],
      'Agent Name': ['Di Ray', 'Ed Lee', 'Fay Li', 'Gil Sá'],
    }
    const students = { 'Nome do aluno': ['João Dias', 'Zé Lima', 'Ana Reis', 'Bia Sá'] }
    expect(guess({ ...others, ...students }).mapping).toEqual({
      'Campaign Name': 'custom.campaign_name',
      'Agent Name': 'custom.agent_name',
      'Nome do aluno': 'full_name',
    })
    const firms = {
      Company: ['Acme', 'Bits', 'Core', 'Dots'],
      'Product Name': ['Pump', 'Valve', 'Pipe', 'Seal'],
    }
    expect(guess(firms).mapping['Product Name']).toBe('custom.product_name')
    const named = { Name: ['Ana', 'Bo', 'Cy', 'Di'] }
    expect(guess({ ...students, ...named }).mapping).toEqual({
      'Nome do aluno': 'custom.nome_do_aluno',
      Name: 'full_name',
    })
  })

  it('joins first and last names', () => {
    expect(guess({ Nome: ['João', 'Zé'], Sobrenome: ['Dias', 'Lima'] }).mapping).toEqual({
      Nome: 'first_name',
      Sobrenome: 'last_name',
    })
    expect(guess({ 'First Name': ['Bo'], 'Last Name': ['Li'], 'Full Name': ['Bo Li'] }).mapping).toEqual({
      'First Name': 'custom.first_name',
      'Last Name': 'custom.last_name',
      'Full Name': 'full_name',
    })
  })

  it('takes a column that tells every row apart as the external id, and a short number for names', () => {
    const { mapping, number_column } = guess({
      'Prospect ID': ['b2878839-c139', 'b4a468d5-d150'],
      'Lead Number': ['592959', '656580'],
      'Branch Code': ['7', '7'],
    })
    expect(mapping).toEqual({
      'Prospect ID': 'external_id',
      'Lead Number': 'custom.lead_number',
      'Branch Code': 'custom.branch_code',
    })
    expect(number_column).toBe('Lead Number')
  })

  it('leaves out only columns without any value, and names those without a heading', () => {
    expect(guess({ '': ['', ' '], ' ': ['kept', ''] }).mapping).toEqual({
      column_1: null,
      column_2: 'custom.column_2',
    })
  })

  it('gives every column a name and a key of its own', () => {
    expect(nameColumns(['Note', 'Note', '', '__proto__', ' Note_2 '])).toEqual([
      'Note',
      'Note_2',
      'column_3',
      'column_4',
      'Note_2_2',
    ])
  })
})

describe('all values of a column are remembered', () => {
  const remembered = (...names: string[]) => names.filter(isAskedForAll(names))

  it('where its name may be that of an identifier', () => {
    expect(remembered('Name', 'Record ID', 'Notes', 'SKU', 'Código', 'Phone')).toEqual([
      'Record ID',
      'SKU',
      'Código',
    ])
  })

  it('wherever a column may lead to other rows of the file', () => {
    expect(remembered('Name', 'E-mail', 'Parent company')).toEqual(['Name', 'E-mail', 'Parent company'])
  })
})
