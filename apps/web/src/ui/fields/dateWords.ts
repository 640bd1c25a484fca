/**
 * "tomorrow", "next friday", "in 3 days at 3pm". The parser is chrono-node; it is large for what is seldom used, so it
 * comes when a date is about to be typed. Its Portuguese lacks some of what people say there: that is added here.
 */
import type { Chrono, ParsedComponents, Parser } from 'chrono-node'
import type { Format } from '../format.ts'
import { writeWall } from './wall.ts'

// The parser counts from what the reader's clock shows, as if this device were there.
type Words = Pick<Chrono, 'parse'>
const loaded = new Map<string, Words>()
const languageOf = (locale: string) => (locale.startsWith('pt') ? 'pt' : 'en')

/** Call it before words are read. */
export async function loadWords(locale: string): Promise<void> {
  const language = languageOf(locale)
  if (loaded.has(language)) return
  loaded.set(language, language === 'pt' ? await portuguese() : (await import('chrono-node/en')).casual)
}

/** What calendar and clock show then, and whether a time of the day was told. */
export type Moment = { wall: string; timed: boolean }

/** The moment that all of the text means; null when it means none. */
export function readWords(text: string, format: Format, now = new Date()): Moment | null {
  const language = languageOf(format.locale)
  const plain = language === 'pt' ? plainPortuguese(text) : text
  const found = loaded.get(language)?.parse(plain, new Date(format.wall(now)), { forwardDate: true })
  const [only] = found ?? []
  if (!only || found?.length !== 1 || only.text.length !== plain.length) return null
  return { wall: writeWall(atMorning(only.start)), timed: only.start.isCertain('hour') }
}

/** A day that is told without a time begins at nine, so that a reminder does not come at night. */
function atMorning(start: ParsedComponents): Date {
  const date = start.date()
  if (!start.isCertain('hour')) date.setHours(9, 0, 0, 0)
  return date
}

const weekday = '(domingo|segunda|terça|terca|quarta|quinta|sexta|sábado|sabado)(-feira| feira)?'

/** What the parser knows under another name. */
const plainPortuguese = (text: string): string =>
  text
    .toLocaleLowerCase('pt')
    .replace(/\b(\d{1,2}) ?h(\d{2})?(?!\p{L})/gu, (_, hour, minute) => `${hour}:${minute ?? '00'}`)
    .replace(/\bao meio-dia/, '12:00')
    .replace(/\b(às|as|à)\s+(?=\d)/g, '')
    .replace(new RegExp(`^(?:na |no |n?a? ?pr[óo]xim[ao] |n?est[ae] )(?=${weekday})`), '')
    .replace(new RegExp(`^${weekday} que vem`), '$1')
    .trim()

const units: Record<string, (date: Date, count: number) => void> = {
  minuto: (date, count) => date.setMinutes(date.getMinutes() + count),
  hora: (date, count) => date.setHours(date.getHours() + count),
  dia: (date, count) => date.setDate(date.getDate() + count),
  semana: (date, count) => date.setDate(date.getDate() + 7 * count),
  mes: (date, count) => date.setMonth(date.getMonth() + count),
  ano: (date, count) => date.setFullYear(date.getFullYear() + count),
}
const counts: Record<string, number> = { um: 1, uma: 1, dois: 2, duas: 2, três: 3, tres: 3, quatro: 4 }
const amount = '(\\d{1,3}|um|uma|dois|duas|três|tres|quatro)'
const unit = '(minuto|hora|dia|semana|m[êe]s|ano)(?:e?s)?'

function shifted(from: Date, count: number, name: string): Parsed {
  const date = new Date(from)
  const plain = name.replace('ê', 'e')
  units[plain]?.(date, count)
  const day = { day: date.getDate(), month: date.getMonth() + 1, year: date.getFullYear() }
  return plain === 'minuto' || plain === 'hora'
    ? { ...day, hour: date.getHours(), minute: date.getMinutes() }
    : day
}
type Parsed = { day: number; month: number; year: number; hour?: number; minute?: number }

async function portuguese(): Promise<Words> {
  const { casual, Chrono } = await import('chrono-node/pt')
  const rules: [pattern: RegExp, days: (match: RegExpMatchArray, from: Date) => Parsed][] = [
    [
      new RegExp(`(?:em|daqui a|dentro de) ${amount} ${unit}`),
      (match, from) => shifted(from, countOf(match[1]), match[2] ?? ''),
    ],
    [
      new RegExp(`(?:há|ha) ${amount} ${unit}`),
      (match, from) => shifted(from, -countOf(match[1]), match[2] ?? ''),
    ],
    [/(?:próxim[ao]|proxim[ao]) (semana|m[êe]s|ano)/, (match, from) => shifted(from, 1, match[1] ?? '')],
    [/(semana|m[êe]s|ano) que vem/, (match, from) => shifted(from, 1, match[1] ?? '')],
    [/depois de amanh[ãa]/, (_, from) => shifted(from, 2, 'dia')],
  ]
  const parsers = rules.map(([pattern, read]): Parser => ({
    pattern: () => pattern,
    extract: (context, match) => read(match, context.refDate),
  }))
  return new Chrono({ parsers: [...parsers, ...casual.parsers], refiners: casual.refiners })
}

const countOf = (word = ''): number => counts[word] ?? Number(word)
