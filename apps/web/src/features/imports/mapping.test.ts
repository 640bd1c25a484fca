import { describe, expect, it } from 'vitest'
import { dealFields, leadFields } from '@rapport/contracts'
import {
  columnsWithoutField,
  countTargets,
  customTarget,
  findClashes,
  hasName,
  identities,
  namingFields,
  targetFields,
} from './mapping.ts'

describe('a mapping', () => {
  it('names both columns that want the same field, and nothing else', () => {
    const clashes = findClashes({ Mail: 'email', 'E-mail 2': 'email', City: 'city', Junk: null, More: null })
    expect([...clashes]).toEqual([['email', ['Mail', 'E-mail 2']]])
  })

  it('has a name as soon as one part of it is there', () => {
    expect(hasName({ Surname: 'last_name' }, 'full_name')).toBe(true)
    expect(hasName({ Name: 'name' }, 'name')).toBe(true)
    expect(hasName({ Mail: 'email', Name: null }, 'full_name')).toBe(false)
  })

  it('says in the order of the server what a lead without a name is called by', () => {
    expect(namingFields('lead', { A: 'mobile', B: 'email', C: 'company_name', D: 'custom.phone' })).toEqual([
      'company_name',
      'email',
      'mobile',
    ])
  })

  it('recognises duplicates by what tells such records apart, and by unique fields of one’s own', () => {
    expect(identities('lead', { A: 'email', B: 'external_id' })).toEqual(['external_id', 'email'])
    expect(identities('lead', { A: 'phone', B: 'full_name' })).toEqual([])
    expect(identities('company', { A: 'name' })).toEqual(['name'])
    const plate = { key: 'plate', unique: true }
    expect(identities('car', { A: 'name', B: 'custom.plate' }, [plate])).toEqual(['custom.plate', 'name'])
  })

  it('knows which columns are kept under no field', () => {
    const own = [{ key: 'size', unique: false }]
    expect(columnsWithoutField({ A: 'custom.size', B: 'custom.b', C: 'email', D: null }, own)).toEqual(['B'])
  })

  it('counts every column once', () => {
    expect(countTargets({ A: 'email', B: 'custom.b', C: null, D: 'first_name' })).toEqual({
      fields: 2,
      custom: 1,
      left_out: 1,
    })
  })
})

describe('the custom field of a column', () => {
  it('is the one the server guessed', () => {
    expect(customTarget('Lead Origin', { 'Lead Origin': 'custom.lead_origin_2' }, {})).toBe(
      'custom.lead_origin_2',
    )
  })

  it('has a key that the server takes, whatever the column is called', () => {
    for (const column of ['Situação?', '2024', '', '№', 'leadSource', 'x'.repeat(300)])
      expect(customTarget(column, {}, {})).toMatch(/^custom\.[a-z][a-z0-9_]{0,62}$/)
    expect(customTarget('Situação do Lead', {}, {})).toBe('custom.situacao_do_lead')
  })

  it('never takes the key of another column', () => {
    const guessed = { City: 'city', 'city?': 'custom.city' }
    expect(customTarget('City', guessed, { City: 'city', 'city?': null })).toBe('custom.city_2')
    expect(customTarget('City', {}, { Town: 'custom.city', City: 'custom.city' })).toBe('custom.city_2')
  })
})

it('no column can be given a field that the system keeps by itself', () => {
  for (const field of ['id', 'created_at', 'version', 'pipeline_id'])
    expect(targetFields('lead', leadFields)).not.toContain(field)
  expect(targetFields('deal', dealFields)).toContain('stage_id')
})
