/** In which time zone a person is: what is entered, or what their city, state or country says. */
import { createRequire } from 'node:module'
import type * as CityTimezones from 'city-timezones'

type Place = {
  country: string | null
  state: string | null
  city: string | null
  time_zone: string | null
}

/** The most populous city speaks for its state, and for its country where that has a single zone. */
type Known = {
  cities: Map<string, string>
  states: Map<string, string>
  countries: Map<string, string | null>
}
let known: Known | null = null
/** Loaded when it is first asked for: the list of cities is three megabytes. */
const require = createRequire(import.meta.url)

/** Null when the place is unknown, or too wide to say. */
export function timeZoneOf({ country, state, city, time_zone }: Place): string | null {
  const entered = time_zone?.trim()
  if (entered && isTimeZone(entered)) return entered
  if (country === null) return null
  known ??= learn()
  const { cities, states, countries } = known
  const [nation, region, town] = [country, state ?? '', city ?? ''].map(keyOf)
  return (
    cities.get(`${nation}/${region}/${town}`) ??
    states.get(`${nation}/${region}`) ??
    cities.get(`${nation}//${town}`) ??
    countries.get(nation ?? '') ??
    null
  )
}

function learn(): Known {
  const learned: Known = { cities: new Map(), states: new Map(), countries: new Map() }
  const first = (map: Map<string, string>, key: string, zone: string) => {
    if (!map.has(key)) map.set(key, zone)
  }
  const { cityMapping } = require('city-timezones') as typeof CityTimezones
  // A few places of the data have no time zone.
  const cities = cityMapping.filter(({ timezone }) => timezone).toSorted((one, other) => other.pop - one.pop)
  for (const { iso2, iso3, country, province, state_ansi, city, city_ascii, timezone } of cities)
    for (const nation of unlike([iso2, iso3, country, ...namesOf(iso2)])) {
      for (const state of unlike([province, state_ansi ?? '', ''])) {
        for (const name of unlike([city, city_ascii]))
          first(learned.cities, `${nation}/${state}/${name}`, timezone)
        if (state !== '') first(learned.states, `${nation}/${state}`, timezone)
      }
      const before = learned.countries.get(nation)
      learned.countries.set(nation, before === undefined || before === timezone ? timezone : null)
    }
  return learned
}

const unlike = (texts: readonly (string | number)[]) => new Set(texts.map(keyOf))

const languages = ['en', 'pt-BR'].map((language) => new Intl.DisplayNames(language, { type: 'region' }))

/** What people call the country in the languages of the product. */
function namesOf(iso2: string | number): string[] {
  const code = String(iso2)
  return /^[A-Z]{2}$/.test(code) ? languages.map((names) => names.of(code) ?? code) : []
}

/** In the data some names are numbers. */
const keyOf = (text: string | number) =>
  String(text).normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
