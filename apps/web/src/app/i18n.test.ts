import { expect, test } from 'vitest'
import { chooseLanguage, fillPluralForms } from './i18n.ts'
import en from '../locales/en.ts'

const languages = import.meta.glob<{ default: object }>(['../locales/*.ts', '!../locales/messages.ts'], {
  eager: true,
})

/** `auth.login.title` → its text. */
function flatten(messages: object, above = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') flat.set(above + key, value)
    else for (const [path, text] of flatten(value, `${above}${key}.`)) flat.set(path, text)
  }
  return flat
}

function placeholdersOf(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? '').toSorted()
}

test.each(Object.keys(languages))('%s fills in the same values as English, sentence by sentence', (path) => {
  const translated = flatten(languages[path]?.default ?? {})
  const wrong = [...flatten(en)].filter(
    ([key, text]) => placeholdersOf(translated.get(key)).join() !== placeholdersOf(text).join(),
  )
  expect(wrong).toEqual([])
})

test('a plural form that a translation leaves out is filled from its general form', () => {
  const filled = fillPluralForms({ list: { found_one: '1 lead', found_other: 'leads' } }, 'pt-BR')
  expect(filled).toEqual({ list: { found_one: '1 lead', found_other: 'leads', found_many: 'leads' } })
})

test('the browser’s language finds its nearest relative; a stored choice wins; English is the last resort', () => {
  expect(chooseLanguage(null, ['pt-PT', 'en'])).toBe('pt-BR')
  expect(chooseLanguage('en', ['pt-BR'])).toBe('en')
  expect(chooseLanguage('xx', ['fi'])).toBe('en')
})
