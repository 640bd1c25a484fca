import { describe, expect, it } from 'vitest'
import { because, inWords } from './reasons.ts'

describe('why a row cannot be brought in', () => {
  const several = (object: string) => [
    { column: 'Contact', ...because('several_records', { count: 2, object }) },
    { column: 'Company', ...because('no_record', { object: 'company' }) },
  ]

  it('is told in words, with records called as people call them', () => {
    expect(inWords(several('contact'), 'pt-BR')).toBe(
      'pode ser 2 registros do tipo contato; informe um id ou um endereço; ' +
        'Company não é nome, id nem endereço de nenhum registro do tipo empresa',
    )
    expect(inWords(several('contact'), 'en')).toBe(
      'may mean 2 records of the kind contact; give an id or an address; Company is the name, id or address of no company',
    )
  })

  it('calls what an organization made by its own name', () => {
    expect(inWords(several('vessel'), 'en')).toMatch(/of the kind vessel;/)
  })
})
