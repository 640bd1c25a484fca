import { customFieldTypes, type CustomField, type CustomFieldType } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { useFormShell, type FormShell } from '../../ui/useFormShell.ts'
import { useChangeField, useCreateField } from './api.ts'
import { DefaultEditor } from './DefaultEditor.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'
import { OptionsEditor } from './OptionsEditor.tsx'
import { ReplaceOptions, type Replacements } from './ReplaceOptions.tsx'
import { typeIcons } from './typeIcons.ts'
import { blankField, bodyOf, hasOptions, keyFrom, rulesOf, TypedField, typedOf } from './typedField.ts'
import { useFieldProblem } from './useFieldProblem.ts'
import { useKinds } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'

type Props = {
  object: string
  field: CustomField | null
  type: CustomFieldType
  /** Back to the choice of the type. */
  onBack?: () => void
  onDone: () => void
}

export function FieldForm({ object, field, type, onBack, onDone }: Props) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const kinds = useKinds()
  const create = useCreateField()
  const change = useChangeField()
  const explain = useFieldProblem()
  const [key] = useState(() => crypto.randomUUID())
  const [replacing, setReplacing] = useState<Replacements | null>(null)
  const shell = useFormShell<TypedField, TypedField>({
    schema: TypedField,
    defaults: field ? typedOf(field) : blankField(type),
    explain: (error) => {
      if (!isProblem(error) || error.status !== 409) return null
      return { message: explain(error) }
    },
    async submit(typed) {
      const body = bodyOf(typed)
      if (!field) await create.mutateAsync({ key, body: { ...body, object, key: typed.key } })
      else {
        const given = replacing ? { ...body, replace_options: replacing } : body
        const gone = goneFrom(field, typed)
        try {
          await change.mutateAsync({ field, change: given })
        } catch (error) {
          if (!isProblem(error) || error.code !== 'options_in_use' || gone.length === 0) throw error
          // Asked once: what becomes of the records that hold what is taken away.
          setReplacing(Object.fromEntries(gone.map(({ value }) => [value, null])))
          return
        }
      }
      notify.success(t(field ? 'customFields.toast.saved' : 'customFields.toast.made', { name: typed.label }))
      onDone()
    },
  })
  const { watch } = shell.form
  const typed = watch()
  const rules = rulesOf(typed.type)
  return (
    <Form shell={shell}>
      <LabelAndKey shell={shell} isNew={field === null} />
      <TypeField shell={shell} field={field} onBack={onBack} />
      {hasOptions(typed.type) ? <OptionsField shell={shell} /> : null}
      {replacing && field ? (
        <ReplaceOptions
          gone={goneFrom(field, typed)}
          left={typed.options}
          replacements={replacing}
          onChange={setReplacing}
        />
      ) : null}
      {typed.type === 'relation' ? (
        <FormField shell={shell} name="to" label={t('customFields.leads_to')}>
          {({ value, onChange }) => (
            <Select
              value={typeof value === 'string' ? value : null}
              options={kinds.map((kind) => ({ value: kind.object, label: wordOf(kind, 'title') }))}
              onChange={onChange}
            />
          )}
        </FormField>
      ) : null}
      {typed.type === 'formula' ? (
        <FormulaEditor shell={shell} object={object} own={field?.key ?? null} />
      ) : null}
      <FormField
        shell={shell}
        name="help"
        label={t('customFields.help')}
        hint={t('customFields.help_hint')}
        optional
      >
        {(control) => <Input {...control} autoComplete="off" />}
      </FormField>
      {rules.default_value && !typed.unique ? (
        <FormField
          shell={shell}
          name="default_value"
          label={t('customFields.default')}
          hint={t('customFields.default_hint')}
          optional
        >
          {({ value, onChange }) => <DefaultEditor typed={typed} value={value} onChange={onChange} />}
        </FormField>
      ) : null}
      <Rules shell={shell} typed={typed} />
      <div className="flex justify-end gap-2 pb-2">
        <Button variant="ghost" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t(
            field
              ? replacing
                ? 'customFields.replace.confirm'
                : 'common.action.save'
              : 'common.action.create',
          )}
        </Button>
      </div>
    </Form>
  )
}

type Shell = FormShell<TypedField, TypedField>

/** A group of fields of its own: each option has a name to itself. */
function OptionsField({ shell }: { shell: Shell }) {
  const { t } = useTranslation()
  const { watch, setValue, formState } = shell.form
  const { options: faults } = formState.errors
  const fault = faults?.message ?? (faults ? t('customFields.options_named') : undefined)
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-12 font-medium">{t('customFields.options')}</legend>
      <OptionsEditor
        options={watch('options')}
        onChange={(options) =>
          setValue('options', options, { shouldDirty: true, shouldValidate: formState.isSubmitted })
        }
      />
      {fault === undefined ? null : (
        <p role="alert" className="text-12 text-danger-ink">
          {fault}
        </p>
      )}
    </fieldset>
  )
}

/** The options that the form no longer has. */
const goneFrom = (field: CustomField, typed: TypedField) =>
  field.options.filter(({ value }) => !typed.options.some((option) => option.value === value))

/** The key follows from the first name, until somebody writes it, and never changes after that. */
function LabelAndKey({ shell, isNew }: { shell: Shell; isNew: boolean }) {
  const { t } = useTranslation()
  const [own, setOwn] = useState(false)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormField shell={shell} name="label" label={t('customFields.label')}>
        {({ onChange, ...control }) => (
          <Input
            {...control}
            autoComplete="off"
            onChange={(event) => {
              onChange(event)
              if (isNew && !own)
                shell.form.setValue('key', keyFrom(event.target.value), {
                  shouldValidate: shell.form.formState.isSubmitted,
                })
            }}
          />
        )}
      </FormField>
      <FormField
        shell={shell}
        name="key"
        label={t('customFields.key')}
        hint={t(isNew ? 'customFields.key_hint' : 'customFields.key_fixed')}
      >
        {({ onChange, ...control }) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            readOnly={!isNew}
            onChange={(event) => {
              setOwn(true)
              onChange(event)
            }}
          />
        )}
      </FormField>
    </div>
  )
}

function TypeField({
  shell,
  field,
  onBack,
}: {
  shell: Shell
  field: CustomField | null
  onBack: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const type = shell.form.watch('type')
  const Icon = typeIcons[type]
  if (!field)
    return (
      <div className="flex items-center gap-2 rounded-base bg-sunken px-2.5 py-2">
        <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
        <span className="min-w-0 flex-1 text-13">
          <span className="font-medium">{t(`customFields.type.${type}.name`)}</span>
          <span className="block text-12 text-muted">{t(`customFields.type.${type}.text`)}</span>
        </span>
        <Button size="small" variant="ghost" onClick={onBack}>
          {t('customFields.other_type')}
        </Button>
      </div>
    )
  return (
    <Field
      label={t('customFields.type_label')}
      hint={type === field.type ? undefined : t('customFields.converts')}
    >
      <Select
        value={type}
        // A formula holds nothing to convert, and nothing becomes one.
        disabled={field.type === 'formula'}
        options={customFieldTypes
          .filter((one) => one === field.type || one !== 'formula')
          .map((one) => ({ value: one, label: t(`customFields.type.${one}.name`), icon: typeIcons[one] }))}
        onChange={(next) => {
          shell.form.setValue('type', next, { shouldDirty: true })
          const blank = blankField(next)
          if (next === 'relation' && shell.form.getValues('to') === null) shell.form.setValue('to', blank.to)
          if (hasOptions(next) && shell.form.getValues('options').length === 0)
            shell.form.setValue('options', blank.options)
          shell.form.setValue('default_value', next === field.type ? field.default_value : null)
        }}
      />
    </Field>
  )
}

function Rules({ shell, typed }: { shell: Shell; typed: TypedField }) {
  const { t } = useTranslation()
  const rules = rulesOf(typed.type)
  const set = (name: 'required' | 'unique') => (checked: boolean) =>
    shell.form.setValue(name, checked, { shouldDirty: true })
  if (!rules.required) return null
  return (
    <div className="flex flex-col gap-1">
      <Checkbox checked={typed.required} onChange={set('required')}>
        {t('customFields.required_rule')}
      </Checkbox>
      {rules.unique ? (
        <Checkbox checked={typed.unique} onChange={set('unique')}>
          {t('customFields.unique_rule')}
        </Checkbox>
      ) : null}
    </div>
  )
}
