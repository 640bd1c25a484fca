import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '../locales/en.ts'
import type { Messages } from '../locales/messages.ts'
import { noteChoice } from './choices.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

const STORAGE_KEY = 'rapport.language'

/** A language is a file in locales/ named by its tag: adding the file is all there is to do. */
const loaders = import.meta.glob<{ default: Messages }>([
  '../locales/*.ts',
  '!../locales/messages.ts',
  '!../locales/en.ts',
])

function tagOf(path: string): string {
  return path.replace('../locales/', '').replace('.ts', '')
}

export const LANGUAGES: readonly string[] = ['en', ...Object.keys(loaders).map(tagOf)]

/** A language calls itself by its own name. */
export function nameLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}

/** Picks the stored language, else the first of the browser's that we speak (`pt` and `pt-PT` find `pt-BR`). */
export function chooseLanguage(stored: string | null, wanted: readonly string[]): string {
  if (stored !== null && LANGUAGES.includes(stored)) return stored
  for (const tag of wanted) {
    const base = tag.split('-')[0]
    const match =
      LANGUAGES.find((ours) => ours === tag) ?? LANGUAGES.find((ours) => ours.split('-')[0] === base)
    if (match !== undefined) return match
  }
  return 'en'
}

/**
 * Some languages have plural forms that a translator need not write (Portuguese has one for exact millions). i18next
 * would show English there; this fills them from `…_other`.
 */
export function fillPluralForms(messages: object, language: string): Record<string, unknown> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const filled: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(messages)) {
    filled[key] = typeof value === 'object' && value !== null ? fillPluralForms(value, language) : value
    if (!key.endsWith('_other')) continue
    const stem = key.slice(0, -'other'.length)
    for (const form of forms) if (!(stem + form in messages)) filled[stem + form] = value
  }
  return filled
}

async function loadLanguage(language: string): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return
  const load = loaders[`../locales/${language}.ts`]
  if (load === undefined) throw new Error(`No locale file for ${language}`)
  const { default: messages } = await load()
  i18next.addResourceBundle(language, 'translation', fillPluralForms(messages, language))
}

export async function startI18n(): Promise<void> {
  const language = chooseLanguage(localStorage.getItem(STORAGE_KEY), navigator.languages)
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  await showLanguage(language)
}

async function showLanguage(language: string): Promise<void> {
  await loadLanguage(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Shows it, without taking it for a choice made here. */
export async function adoptLanguage(language: string): Promise<void> {
  if (language === i18next.language) return
  await showLanguage(language)
  localStorage.setItem(STORAGE_KEY, language)
}

export async function changeLanguage(language: string): Promise<void> {
  await adoptLanguage(language)
  noteChoice({ language })
}
