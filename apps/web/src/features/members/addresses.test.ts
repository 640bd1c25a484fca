import { expect, test } from 'vitest'
import { readAddresses } from './addresses.ts'

test('addresses are found however people separate them, each once and in small letters', () => {
  const text = 'Ana@Example.com, bruno@example.com;carla@example.com\ndiego@example.com  ana@example.com'
  expect(readAddresses(text)).toEqual({
    addresses: ['ana@example.com', 'bruno@example.com', 'carla@example.com', 'diego@example.com'],
    rubbish: [],
  })
})

test('addresses are taken out of what mail programs copy', () => {
  expect(readAddresses('Ana Lima <ana@example.com>, "Souza, B." <b@example.com>').addresses).toEqual([
    'ana@example.com',
    'b@example.com',
  ])
})

test('what is no address is told, and nothing is nothing', () => {
  expect(readAddresses('ana@example.com nobody@ elsewhere')).toEqual({
    addresses: ['ana@example.com'],
    rubbish: ['nobody@', 'elsewhere'],
  })
  expect(readAddresses(' ,\n; ')).toEqual({ addresses: [], rubbish: [] })
})
