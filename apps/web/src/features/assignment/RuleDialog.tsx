import { assignmentStrategies, type AssignedObject, type AssignmentRule } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { FilterBar } from '../../ui/filters/FilterBar.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { kindOf, type RecordKind } from '../records/kinds.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useFields } from '../records/useFields.ts'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import { useSaveRule } from './api.ts'
import { MembersEditor } from './MembersEditor.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { blankRule, faultOf, filterOf, formOf, targetOf, type RuleForm } from './ruleForm.ts'

type Props = { object: AssignedObject; rule: AssignmentRule | null; onClose: () => void }

/** Which records a rule is about and who gets them, with a try on those that are there. */
export function RuleDialog(props: Props) {
  const kind = kindOf(props.object)
  return kind ? <RuleEditor {...props} kind={kind} /> : null
}

function RuleEditor({ object, rule, onClose, kind }: Props & { kind: RecordKind }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const save = useSaveRule()
  const [key] = useState(() => crypto.randomUUID())
  const [form, setForm] = useState<RuleForm>(() => (rule ? formOf(rule) : blankRule))
  const [tried, setTried] = useState(false)
  const { filterFields } = useRecordColumns(kind)
  // A new record has no tags beside it yet.
  const fields = filterFields.filter(({ id }) => id !== 'tags')
  const change = (some: Partial<RuleForm>) => setForm((before) => ({ ...before, ...some }))
  const fault = faultOf(form)
  const submit = () => {
    setTried(true)
    if (fault !== null) return
    const name = form.name.trim()
    const draft = {
      object,
      name,
      enabled: rule?.enabled ?? true,
      filter: filterOf(form),
      target: targetOf(form),
    }
    save.mutate(
      { id: rule?.id ?? null, key, draft },
      {
        onSuccess: () => {
          notify.success(t('assignment.saved', { name }))
          onClose()
        },
        onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={rule ? t('assignment.edit', { name: rule.name }) : t('assignment.new')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button variant="primary" loading={save.isPending} onClick={submit}>
            {t('common.action.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label={t('assignment.name')}
          {...(tried && fault === 'name' ? { error: t('common.invalid.required') } : {})}
        >
          <Input
            value={form.name}
            maxLength={120}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <section aria-label={t('assignment.conditions')} className="flex flex-col gap-1.5">
          <h3 className="text-12 font-medium">{t('assignment.conditions')}</h3>
          {form.filters.length === 0 ? (
            <p className="text-12 text-muted">{t('assignment.all_records')}</p>
          ) : null}
          <FilterBar
            fields={fields}
            filters={form.filters}
            onChange={(filters) => change({ filters })}
            grouped
          />
        </section>
        <Field label={t('assignment.strategy')}>
          <Select
            value={form.strategy}
            onChange={(strategy) => change({ strategy })}
            options={assignmentStrategies.map((value) => ({
              value,
              label: t(`assignment.strategies.${value}`),
            }))}
          />
        </Field>
        {form.strategy === 'territory' ? (
          <TerritoryField object={object} value={form.field} onChange={(field) => change({ field })} />
        ) : null}
        <MembersEditor
          strategy={form.strategy}
          members={form.members}
          onChange={(members) => change({ members })}
          problem={
            tried && fault === 'member'
              ? t('assignment.needs_member')
              : tried && fault === 'value'
                ? t('assignment.needs_value')
                : null
          }
        />
        <PreviewPanel object={object} form={form} disabled={faultOf({ ...form, name: '-' }) !== null} />
      </div>
    </Dialog>
  )
}

type TerritoryProps = { object: AssignedObject; value: string; onChange: (field: string) => void }

function TerritoryField({ object, value, onChange }: TerritoryProps) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(object)
  const options = [...useFields(object).values()]
    .filter(({ type, writable }) => writable && (type === 'text' || type === 'select'))
    .map(({ name }) => ({ value: name, label: labelOf(name) }))
  return (
    <Field label={t('assignment.field')}>
      <Select value={value} onChange={onChange} options={options} />
    </Field>
  )
}
