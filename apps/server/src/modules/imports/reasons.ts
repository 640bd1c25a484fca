/** Why a row cannot be brought in: a code and what it is about, put into words for whoever reads it. */
import {
  companyFields,
  contactFields,
  dealFields,
  leadFields,
  productFields,
  type FieldDescription,
} from '@rapport/contracts'
import type { Language } from '../../platform/actor.ts'
import { objectWords } from './kinds.ts'

const english = {
  needs_value: 'needs a value',
  too_wide: 'the row has {{cells}} values for {{columns}} columns',
  is_total: 'the row adds up the rows above it',
  is_note: 'is a note below the table',
  too_long: 'is longer than {{most}} characters',
  too_long_text: 'is too long',
  too_large: 'is more than {{most}}',
  too_large_number: 'is too large',
  too_small: 'is less than {{least}}',
  too_precise: 'has more decimals than {{currency}} has',
  too_many_decimals: 'has too many decimals',
  other_currency: 'is in {{given}}, but the currency of the row is {{stated}}',
  not_whole: 'is not a whole number',
  not_number: 'is not a number',
  not_money: 'is not an amount of money',
  not_currency: 'is not a currency',
  not_date: 'is not a date',
  not_time: 'is not a date with a time',
  not_flag: 'is neither yes nor no',
  not_email: 'is not an e-mail address',
  not_phone: 'is not a phone number',
  not_url: 'is not a web address',
  not_member: 'is neither the e-mail nor the full name of one member',
  not_record: 'is not the id of a record',
  no_record: 'is the name, id or address of no {{object}}',
  several_records: 'may mean {{count}} records of the kind {{object}}; give an id or an address',
  no_stage: 'is no stage',
  not_plain: 'has characters that cannot be kept',
  none_of: 'is none of {{options}}',
  no_option: 'is none of the options of the field',
  calculated: 'is calculated and cannot be given',
  not_unique: 'is held by another record, and no two may be alike',
  asked_by_stage: 'must have a value before the stage is entered',
  unfit: 'does not fit the field',
  refused: '{{message}}',
} as const
export type ReasonCode = keyof typeof english

const portuguese: Record<ReasonCode, string> = {
  needs_value: 'precisa de um valor',
  too_wide: 'a linha tem {{cells}} valores para {{columns}} colunas',
  is_total: 'a linha soma as linhas acima dela',
  is_note: 'é uma nota abaixo da tabela',
  too_long: 'tem mais de {{most}} caracteres',
  too_long_text: 'é longo demais',
  too_large: 'é maior que {{most}}',
  too_large_number: 'é grande demais',
  too_small: 'é menor que {{least}}',
  too_precise: 'tem mais casas decimais do que {{currency}} permite',
  too_many_decimals: 'tem casas decimais demais',
  other_currency: 'está em {{given}}, mas a moeda da linha é {{stated}}',
  not_whole: 'não é um número inteiro',
  not_number: 'não é um número',
  not_money: 'não é um valor em dinheiro',
  not_currency: 'não é uma moeda',
  not_date: 'não é uma data',
  not_time: 'não é uma data com horário',
  not_flag: 'não é sim nem não',
  not_email: 'não é um endereço de e-mail',
  not_phone: 'não é um número de telefone',
  not_url: 'não é um endereço da web',
  not_member: 'não é o e-mail nem o nome completo de um membro',
  not_record: 'não é o id de um registro',
  no_record: 'não é nome, id nem endereço de nenhum registro do tipo {{object}}',
  several_records: 'pode ser {{count}} registros do tipo {{object}}; informe um id ou um endereço',
  no_stage: 'não é uma etapa',
  not_plain: 'tem caracteres que não podem ser guardados',
  none_of: 'não é nenhum destes: {{options}}',
  no_option: 'não é nenhuma das opções do campo',
  calculated: 'é calculado e não pode ser informado',
  not_unique: 'já está em outro registro, e não pode haver dois iguais',
  asked_by_stage: 'precisa de um valor antes de entrar na etapa',
  unfit: 'não cabe no campo',
  refused: '{{message}}',
}
export const reasonWords: Record<Language, Record<ReasonCode, string>> = { en: english, 'pt-BR': portuguese }

export type Reason = { code: ReasonCode; params?: Record<string, string | number> }
/** `column` is one of the file; `subject` a field that no column fills: its name, or the label of an own one. */
export type RowReason = Reason & { column: string | null; subject?: string }
export type RowProblem = { column: string | null; value: string; reasons: RowReason[] }

export const because = (code: ReasonCode, params?: Reason['params']): Reason =>
  params === undefined ? { code } : { code, params }

const longest = 2_000

/** All that is wrong, so that one correction is enough; the column of the first reason is told beside it. */
export function inWords(reasons: readonly RowReason[], language: Language): string {
  const told = reasons.map((reason, index) => {
    const about =
      reason.subject === undefined ? (index === 0 ? null : reason.column) : nameOf(reason.subject, language)
    const text = fill(reasonWords[language][reason.code], reason.params ?? {}, language)
    return about === null ? text : `${about} ${text}`
  })
  return told.join('; ').slice(0, longest)
}

const allFields: readonly FieldDescription[] = [
  ...leadFields,
  ...contactFields,
  ...companyFields,
  ...dealFields,
  ...productFields,
]

/** Objects are called as people call them; those of an organization by their own names. */
const fill = (text: string, params: Record<string, string | number>, language: Language): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = String(params[name] ?? '')
    return name === 'object' ? (objectWords[value]?.[language].toLowerCase() ?? value) : value
  })

function nameOf(subject: string, language: Language): string {
  const field = allFields.find(({ name }) => name === subject)
  return field?.synonyms[language === 'en' ? 'en' : 'pt'][0] ?? subject
}

export const joinReasons = (value: string, reasons: RowReason[]): RowProblem => ({
  column: reasons[0]?.column ?? null,
  value,
  reasons,
})
