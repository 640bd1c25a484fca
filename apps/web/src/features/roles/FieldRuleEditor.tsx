import {
  accessTo,
  customField,
  fieldAccesses,
  ruledFields,
  type FieldAccess,
  type FieldRules,
} from '@rapport/contracts'
import { Eye, EyeOff, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Select } from '../../ui/Select.tsx'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useKindWords } from '../records/useKindWords.ts'

const icons = { edit: Pencil, read: Eye, hidden: EyeOff }
/** The objects that have fields of which a role can be kept away. */
const objects = Object.keys(ruledFields)

function useFieldName(): (field: string) => string {
  const { t } = useTranslation()
  const labelOf = useFieldLabel()
  return (field) => (field === customField ? t('records.section.custom') : labelOf(field))
}

/** The fields that a role does not see or change, to look at. */
export function FieldRuleList({ rules }: { rules: FieldRules }) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const { titleOf } = useKindWords()
  const restricted = objects.flatMap((object) =>
    Object.entries(rules[object] ?? {}).map(([field, access]) => ({ object, field, access })),
  )
  return (
    <section aria-label={t('roles.fields.title')} className="flex flex-col gap-2">
      <h3 className="text-13 font-semibold">{t('roles.fields.title')}</h3>
      {restricted.length === 0 ? <p className="text-13 text-muted">{t('roles.fields.none')}</p> : null}
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {restricted.map(({ object, field, access }) => {
          const Icon = icons[access]
          return (
            <li
              key={`${object}.${field}`}
              className="flex min-h-8 items-center justify-between gap-3 border-b border-line text-13"
            >
              {titleOf(object)}: {nameOf(field)}
              <span className="inline-flex items-center gap-1 text-12 text-muted">
                <Icon className="size-3.5" aria-hidden />
                {t(`roles.fields.${access}`)}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type EditorProps = {
  value: FieldRules
  onChange: (rules: Record<string, Record<string, FieldAccess>>) => void
}

/** Each field of a record: hidden, read-only or editable. */
export function FieldRuleEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const { titleOf } = useKindWords()
  const own = useMe().field_rules
  const set = (object: string, field: string, access: FieldAccess) => {
    const { [field]: _, ...rest } = value[object] ?? {}
    const fields = access === 'edit' ? rest : { ...rest, [field]: access }
    const { [object]: __, ...others } = value
    onChange(Object.keys(fields).length > 0 ? { ...others, [object]: fields } : { ...others })
  }
  return (
    <section aria-label={t('roles.fields.title')} className="flex flex-col gap-2 pb-4">
      <h3 className="text-13 font-semibold">{t('roles.fields.title')}</h3>
      <p className="text-12 text-muted">{t('roles.fields.text')}</p>
      {objects.map((object) => (
        <fieldset key={object} className="min-w-0">
          <legend className="w-full border-b border-line pb-1 text-11 font-semibold text-faint uppercase">
            {titleOf(object)}
          </legend>
          <div className="grid gap-x-8 sm:grid-cols-2">
            {(ruledFields[object] ?? []).map(({ name, choices }) => (
              <div
                key={name}
                className="flex min-h-9 items-center justify-between gap-3 border-b border-line text-13"
              >
                <span aria-hidden className="truncate">
                  {nameOf(name)}
                </span>
                <span className="w-38 shrink-0">
                  <Select<FieldAccess>
                    size="small"
                    label={`${titleOf(object)}: ${nameOf(name)}`}
                    value={accessTo(value, object, name)}
                    options={choices
                      .filter((access) => isWithin(access, accessTo(own, object, name)))
                      .map((access) => ({
                        value: access,
                        label: t(`roles.fields.${access}`),
                        icon: icons[access],
                      }))}
                    onChange={(access) => set(object, name, access)}
                  />
                </span>
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  )
}

/** Nobody can let others see more of a field than they do themselves. */
const isWithin = (access: FieldAccess, own: FieldAccess) =>
  fieldAccesses.indexOf(access) <= fieldAccesses.indexOf(own)
