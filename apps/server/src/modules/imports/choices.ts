/** Values out of a closed list, by the names that people use for them in English and Portuguese. */
import type { FieldDescription } from '@rapport/contracts'
import { normaliseName } from './header.ts'

/** Further words for options of fields that every organization has, by the option. */
const optionWords: Readonly<Record<string, readonly string[]>> = {
  new: [
    'novo',
    'nova',
    'new lead',
    'novo lead',
    'open',
    'aberto',
    'open not contacted',
    'not contacted',
    'nao contatado',
  ],
  working: [
    'em andamento',
    'em atendimento',
    'trabalhando',
    'in progress',
    'em contato',
    'working contacted',
    'contacted',
    'attempted to contact',
    'connected',
    'open deal',
    'contatado',
  ],
  nurturing: ['em nutricao', 'nutrindo', 'nutricao', 'nurture'],
  qualified: ['qualificado', 'qualificada', 'pre qualified'],
  converted: ['convertido', 'convertida', 'closed converted'],
  lost: [
    'perdido',
    'perdida',
    'lost lead',
    'closed not converted',
    'unqualified',
    'not qualified',
    'disqualified',
    'junk',
    'junk lead',
    'desqualificado',
    'nao qualificado',
  ],
  active: ['ativo', 'ativa', 'yes', 'sim', 'true', '1', 'available', 'disponivel'],
  retired: [
    'inativo',
    'inativa',
    'inactive',
    'no',
    'nao',
    'false',
    '0',
    'discontinued',
    'descontinuado',
    'retirado',
  ],
  pipeline: ['funil', 'em andamento'],
  best_case: ['upside', 'melhor caso'],
  committed: ['commit', 'compromisso', 'comprometido'],
  omitted: ['omit', 'omitido', 'left out', 'fora da previsao'],
  open: ['aberto', 'aberta'],
  won: ['ganho', 'ganha'],
  done: ['concluido', 'concluida'],
  low: ['baixa', 'baixo'],
  high: ['alta', 'alto'],
  urgent: ['urgente'],
}

/** The options of a field by all their names, found out once for all rows. */
const named = new WeakMap<FieldDescription, ReadonlyMap<string, string>>()

/** The option of that name, however it is written. */
export function readChoice(field: FieldDescription, text: string): string | undefined {
  const options = named.get(field) ?? nameOptions(field)
  return options.get(normaliseName(text))
}

function nameOptions(field: FieldDescription): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const option of field.options ?? [])
    for (const name of [normaliseName(option), ...(optionWords[option] ?? [])])
      if (!options.has(name)) options.set(name, option)
  named.set(field, options)
  return options
}

export type Member = { user_id: string; email: string; full_name: string }
/** Finds a member by e-mail or by full name; two members of one name are found by e-mail only. */
export type MemberFinder = (text: string) => string | undefined

export function createMemberFinder(members: readonly Member[]): MemberFinder {
  const byEmail = new Map(members.map((member) => [member.email, member.user_id]))
  const byName = new Map<string, string | undefined>()
  for (const member of members) {
    const name = normaliseName(member.full_name)
    byName.set(name, byName.has(name) ? undefined : member.user_id)
  }
  return (text) => byEmail.get(text.trim().toLowerCase()) ?? byName.get(normaliseName(text))
}

let countryNames: Set<string> | undefined

/** Whether the text is the name of a country in English or Portuguese. Codes are left out: `AL` is also Alabama. */
export function isCountryName(text: string): boolean {
  countryNames ??= listCountryNames()
  return countryNames.has(normaliseName(text))
}

function listCountryNames(): Set<string> {
  const names = new Set<string>()
  for (const language of ['en', 'pt']) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of regionCodes()) {
      const name = display.of(code)
      if (name) names.add(normaliseName(name))
    }
  }
  return names
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
/** Codes that CLDR names but that are no countries: the European Union, the United Nations, pseudo-locales. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'])
const regionCodes = () =>
  letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !noCountries.has(code))
