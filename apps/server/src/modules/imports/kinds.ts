/** What can be imported: every kind of record that people keep, with what the reading of its columns has to know. */
import { contactsTarget, customPrefix, entered, type FieldDescription } from '@rapport/contracts'
import { z } from 'zod'
import type { Actor, Language } from '../../platform/actor.ts'
import { invalidField } from '../../platform/problems.ts'
import { dealLinking } from '../contacts/index.ts'
import { kindOf, ownFieldsOf, type RecordKind } from '../records/index.ts'

export type ImportKind = {
  object: string
  kind: RecordKind
  /** Fields that a column can be mapped to, beside the organization's own. */
  fields: ReadonlyMap<string, FieldDescription>
  /** The contract of a new record, as a whole and field by field. */
  schema: z.ZodType
  shapes: Readonly<Record<string, z.ZodType>>
  /** By which values a record is recognised: the first of these that a row has decides. */
  identities: readonly string[]
  /** The field that a person knows it by. */
  title: string
  /** The money field whose currency is a field beside it. */
  amount: string | null
  /** What a record without a title is called by: all of these that are there, or the first. */
  named_by: { fields: readonly string[]; all: boolean }
  /** Where its people are kept, if it has any. */
  linking: typeof dealLinking | null
}

type Traits = { identities: readonly string[]; named_by: ImportKind['named_by'] }

const first = (...fields: string[]) => ({ fields, all: false })
const standard: Readonly<Record<string, Traits>> = {
  lead: {
    identities: ['external_id', 'email'],
    named_by: first('company_name', 'email', 'phone', 'mobile'),
  },
  contact: { identities: ['external_id', 'email'], named_by: first('email', 'phone', 'mobile') },
  company: { identities: ['external_id', 'domain', 'name'], named_by: first('domain', 'website', 'email') },
  deal: { identities: ['external_id'], named_by: { fields: ['company_id', 'external_id'], all: true } },
  product: { identities: ['code', 'name'], named_by: first('code') },
}
const own: Traits = { identities: ['name'], named_by: first() }

/** Objects by which a record without any name is called, with its number in the file. */
export const objectWords: Readonly<Record<string, Record<Language, string>>> = {
  lead: { en: 'Lead', 'pt-BR': 'Lead' },
  contact: { en: 'Contact', 'pt-BR': 'Contato' },
  company: { en: 'Company', 'pt-BR': 'Empresa' },
  deal: { en: 'Deal', 'pt-BR': 'Negócio' },
  product: { en: 'Product', 'pt-BR': 'Produto' },
}

/** Whatever the organization has that can be imported. */
export const importedObjects = ({ own_objects }: Pick<Actor, 'own_objects'>): string[] => [
  ...Object.keys(standard),
  ...own_objects,
]

/** The only kind of record that is made because another names it. */
export const madeKind = 'company'

/** A stage is written like a field, by its name. */
export const stageField = entered(
  'stage_id',
  'id',
  [
    'stage',
    'stage name',
    'deal stage',
    'lead stage',
    'pipeline stage',
    'sales stage',
    'opportunity stage',
    'phase',
  ],
  [
    'etapa',
    'estagio',
    'fase',
    'etapa do negocio',
    'etapa do lead',
    'etapa do funil',
    'estagio no funil',
    'fase do negocio',
  ],
)

/** The people of a record, who are linked with it when it is there. */
export const contactsField = entered(
  contactsTarget,
  'relation',
  ['contact', 'primary contact', 'contact person', 'contact name', 'associated contacts', 'person'],
  ['contatos', 'contato', 'contato principal', 'pessoa de contato', 'pessoa'],
  { to: 'contact' },
)

/** The kind of that name, or a 422: what an organization does not have cannot be imported. */
export function importKind(object: string, actor: Actor): ImportKind {
  const traits = standard[object] ?? (actor.own_objects.has(object) ? own : undefined)
  const kind = traits && kindOf(object, actor)
  if (!kind) throw invalidField('object', 'unknown_object', 'is no object whose records can be imported')
  const { fields, title } = kind.records
  const linking = object === 'deal' ? dealLinking : null
  const schema = kind.operations.create.body
  if (!(schema instanceof z.ZodObject)) throw new Error(`New records of ${object} have no fields.`)
  const unique = ownFieldsOf(actor, object).filter((field) => field.unique && !field.retired)
  const ids = traits.identities.filter((field) => isIdentifier(field))
  const others = traits.identities.filter((field) => !isIdentifier(field))
  return {
    object,
    kind,
    fields: importable(fields, linking !== null),
    schema,
    shapes: schema.shape as Record<string, z.ZodType>,
    identities: [...ids, ...unique.map(({ key }) => customPrefix + key), ...others],
    title,
    amount: fields.has('currency')
      ? ([...fields.values()].find(({ type }) => type === 'money')?.name ?? null)
      : null,
    named_by: traits.named_by,
    linking,
  }
}

/** Made to tell records apart, and nothing else. */
const isIdentifier = (field: string) => field === 'external_id' || field === 'code'

function importable(
  fields: ReadonlyMap<string, FieldDescription>,
  hasContacts: boolean,
): ReadonlyMap<string, FieldDescription> {
  const listed = [...fields.values()].filter((field) => field.writable && field.type !== 'id')
  if (fields.has('stage_id')) listed.push(stageField)
  if (hasContacts) listed.push(contactsField)
  return new Map(listed.map((field) => [field.name, field]))
}
