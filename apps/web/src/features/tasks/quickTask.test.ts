import { beforeAll, expect, test } from 'vitest'
import { loadWords } from '../../ui/fields/dateWords.ts'
import { makeFormat } from '../../ui/format.ts'
import { readQuickTask } from './quickTask.ts'

const [english, portuguese] = ['en', 'pt-BR'].map((locale) => makeFormat(locale, { time_zone: 'UTC' }))
if (!english || !portuguese) throw new Error('There are two.')
beforeAll(async () => {
  await Promise.all(['en', 'pt-BR'].map(loadWords))
})

test('what stands at the end tells when, and the rest what', () => {
  const tomorrow = english.wall(new Date(Date.now() + 86_400_000)).slice(0, 10)
  expect(readQuickTask('Send the offer tomorrow', english)).toEqual({
    title: 'Send the offer',
    due_at: tomorrow,
  })
  expect(readQuickTask('Send the offer tomorrow at 3pm', english)).toEqual({
    title: 'Send the offer',
    due_at: `${tomorrow}T15:00:00.000Z`,
  })
  expect(readQuickTask('Enviar a proposta amanhã', portuguese)).toEqual({
    title: 'Enviar a proposta',
    due_at: tomorrow,
  })
})

test('without a time all of it is the title, and a time alone, too', () => {
  expect(readQuickTask('Send the offer', english)).toEqual({ title: 'Send the offer' })
  expect(readQuickTask('Call flat 12', english)).toEqual({ title: 'Call flat 12' })
  expect(readQuickTask('Tomorrow', english)).toEqual({ title: 'Tomorrow' })
})
