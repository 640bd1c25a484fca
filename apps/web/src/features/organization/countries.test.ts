import { expect, test } from 'vitest'
import { listCountries, listCurrencies } from './countries.ts'

test('every country of today is offered once, in the language of the reader', () => {
  const countries = new Map(listCountries('pt-BR').map(({ value, label }) => [value, label]))
  expect(countries.get('BR')).toBe('Brasil')
  expect(countries.get('DE')).toBe('Alemanha')
  expect(countries.size).toBeGreaterThan(240)
  for (const gone of ['DD', 'SU', 'YU', 'EU', 'ZZ', 'UK']) expect(countries.has(gone)).toBe(false)
  expect(new Set(countries.values()).size).toBe(countries.size)
})

test('a currency is found by its code and by its name', () => {
  expect(listCurrencies('en', ['BRL', 'EUR'])).toEqual([
    { value: 'BRL', label: 'BRL · Brazilian Real' },
    { value: 'EUR', label: 'EUR · Euro' },
  ])
})
