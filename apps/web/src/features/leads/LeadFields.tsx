import type { Lead, LeadStatus } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { useFormat } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { useMembers } from '../members/api.ts'
import { usePipelines } from '../pipelines/api.ts'
import { FieldLine, InlineField, type InlineFieldProps } from '../records/InlineField.tsx'
import { useChangeLead } from './useChangeLead.ts'
import { useMoveLead } from './useMoveLead.ts'
import { quiet } from '../records/quiet.ts'
import { labelOfKey } from '../records/labelOfKey.ts'
import { useStatusOptions } from './words.ts'

type TextField =
  | 'company_name'
  | 'email'
  | 'phone'
  | 'mobile'
  | 'website'
  | 'industry'
  | 'country'
  | 'state'
  | 'city'
  | 'source'
const inputTypes: Partial<Record<TextField, InlineFieldProps['type']>> = {
  email: 'email',
  phone: 'tel',
  mobile: 'tel',
  website: 'url',
}

const contactFields = ['company_name', 'email', 'phone', 'mobile', 'website'] as const
const placeFields = ['city', 'state', 'country'] as const

/** All fields of a lead, each edited in its place. */
export function LeadFields({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const change = useChangeLead()
  const { sees, edits } = useFieldAccess('lead')
  const locked = !lead.can.update || lead.deleted_at !== null
  const readOnly = (field: string) => locked || !edits(field)
  const line = (field: string, element: ReactNode) => (sees(field) ? element : null)
  const text = (field: TextField) =>
    line(
      field,
      <InlineField
        key={field}
        label={t(`leads.field.${field}`)}
        value={lead[field] ?? ''}
        readOnly={readOnly(field)}
        type={inputTypes[field] ?? 'text'}
        onSave={(value) => change(lead, field, value === '' ? null : value)}
      />,
    )
  return (
    <div className="flex flex-col gap-5">
      <Section title={t('leads.section.details')}>
        <StageField lead={lead} readOnly={readOnly('stage_id')} />
        <StatusField lead={lead} readOnly={readOnly('status')} />
        {line('owner_id', <OwnerField lead={lead} readOnly={readOnly('owner_id')} />)}
        {line('estimated_value', <ValueField lead={lead} readOnly={readOnly('estimated_value')} />)}
        {line('score', <NumberField lead={lead} field="score" readOnly={readOnly('score')} />)}
        {line(
          'probability',
          <NumberField lead={lead} field="probability" readOnly={readOnly('probability')} />,
        )}
        {text('source')}
        {text('industry')}
      </Section>
      {contactFields.some(sees) ? (
        <Section title={t('leads.section.contact')}>{contactFields.map(text)}</Section>
      ) : null}
      {placeFields.some(sees) ? (
        <Section title={t('leads.section.place')}>{placeFields.map(text)}</Section>
      ) : null}
      {sees('custom') && Object.keys(lead.custom).length > 0 ? (
        <Section title={t('leads.section.custom')}>
          {Object.entries(lead.custom).map(([key, value]) => (
            <InlineField
              key={key}
              label={labelOfKey(key)}
              value={value === null ? '' : String(value)}
              readOnly={readOnly('custom')}
              onSave={(next) => change(lead, `custom.${key}`, next === '' ? null : next)}
            />
          ))}
        </Section>
      ) : null}
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-0.5">
      <h2 className="mb-1 text-11 font-semibold text-faint uppercase">{title}</h2>
      {children}
    </section>
  )
}

type FieldProps = { lead: Lead; readOnly: boolean }

function StageField({ lead, readOnly }: FieldProps) {
  const { t } = useTranslation()
  const move = useMoveLead()
  const stages = usePipelines().find((pipeline) => pipeline.id === lead.pipeline_id)?.stages ?? []
  return (
    <FieldLine label={t('leads.field.stage_id')}>
      <Select
        className={quiet}
        label={t('leads.field.stage_id')}
        disabled={readOnly}
        value={lead.stage_id}
        options={stages.map((stage) => ({ value: stage.id, label: stage.name, hue: stage.color }))}
        onChange={(stage_id) => void move(lead, { stage_id })}
      />
    </FieldLine>
  )
}

function StatusField({ lead, readOnly }: FieldProps) {
  const { t } = useTranslation()
  const change = useChangeLead()
  return (
    <FieldLine label={t('leads.field.status')}>
      <Select<LeadStatus>
        className={quiet}
        label={t('leads.field.status')}
        disabled={readOnly}
        value={lead.status}
        options={useStatusOptions()}
        onChange={(status) => void change(lead, 'status', status).catch(() => undefined)}
      />
    </FieldLine>
  )
}

function OwnerField({ lead, readOnly }: FieldProps) {
  const { t } = useTranslation()
  const change = useChangeLead()
  const options = useMembers().map((member) => ({
    value: member.user_id,
    label: member.full_name,
    avatar: 'person' as const,
  }))
  return (
    <FieldLine label={t('leads.field.owner_id')}>
      <Combobox
        className={quiet}
        label={t('leads.field.owner_id')}
        disabled={readOnly}
        value={lead.owner_id}
        options={options}
        placeholder={t('leads.not_set')}
        onChange={(owner_id) => void change(lead, 'owner_id', owner_id).catch(() => undefined)}
      />
    </FieldLine>
  )
}

function ValueField({ lead, readOnly }: FieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const change = useChangeLead()
  return (
    <InlineField
      label={t('leads.field.estimated_value')}
      value={lead.estimated_value === null ? '' : String(lead.estimated_value)}
      look={lead.estimated_value === null ? undefined : format.money(lead.estimated_value, lead.currency)}
      readOnly={readOnly}
      type="number"
      onSave={(value) =>
        change(lead, 'estimated_value', value === '' ? null : Number(value.replace(',', '.')))
      }
    />
  )
}

function NumberField({ lead, field, readOnly }: FieldProps & { field: 'score' | 'probability' }) {
  const { t } = useTranslation()
  const change = useChangeLead()
  return (
    <InlineField
      label={t(`leads.field.${field}`)}
      value={lead[field] === null ? '' : String(lead[field])}
      readOnly={readOnly}
      type="number"
      onSave={(value) => change(lead, field, value === '' ? null : Number(value))}
    />
  )
}
