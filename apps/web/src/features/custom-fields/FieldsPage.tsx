import { customFieldTypes, type CustomField } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ListPlus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { SortableList } from '../../ui/SortableList.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { customFieldsQuery, useMoveField } from './api.ts'
import { FieldDialog } from './FieldDialog.tsx'
import { FieldRow } from './FieldRow.tsx'
import { StandardFields } from './StandardFields.tsx'
import { useTellFieldProblem } from './useFieldProblem.ts'
import { useKinds } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'

/** The fields of each object: those that the organization made, in an order of its own, and those that are always there. */
export function FieldsPage() {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const kinds = useKinds()
  const [params, setParams] = useSearchParams()
  const { data: fields } = useSuspenseQuery(customFieldsQuery)
  const mayManage = useMay('custom_fields:manage')
  const [editing, setEditing] = useState<CustomField | 'new' | null>(null)
  const object = kinds.find((kind) => kind.object === params.get('object'))?.object ?? 'lead'
  const newField = mayManage ? (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('customFields.new')}
    </Button>
  ) : null
  return (
    <Page title={t('customFields.title')} actions={newField}>
      <p className="pb-3 text-13 text-muted">{t('customFields.intro')}</p>
      <Tabs<string>
        label={t('customFields.objects')}
        value={object}
        onChange={(next) => setParams({ object: next }, { replace: true })}
        tabs={kinds.map((kind) => {
          const one = kind.object
          const own = fields.filter((field) => field.object === one)
          return {
            value: one,
            label: wordOf(kind, 'title'),
            count: String(own.filter(({ retired_at }) => retired_at === null).length),
            panel: <ObjectFields object={one} fields={own} onEdit={setEditing} newField={newField} />,
          }
        })}
      />
      <FieldDialog object={object} editing={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}

type ObjectProps = {
  object: string
  fields: CustomField[]
  onEdit: (field: CustomField) => void
  newField: React.ReactNode
}

function ObjectFields({ object, fields, onEdit, newField }: ObjectProps) {
  const { t } = useTranslation()
  const tell = useTellFieldProblem()
  const move = useMoveField()
  const mayManage = useMay('custom_fields:manage')
  const live = fields.filter(({ retired_at }) => retired_at === null)
  const retired = fields.filter(({ retired_at }) => retired_at !== null)
  return (
    <div className="flex flex-col gap-6">
      {live.length === 0 ? (
        <EmptyState
          className="py-10"
          icon={ListPlus}
          title={t('customFields.empty')}
          text={t('customFields.empty_text', { count: customFieldTypes.length })}
          actions={newField}
        />
      ) : (
        <SortableList
          label={t('customFields.own')}
          items={live}
          idOf={({ id }) => id}
          nameOf={({ label }) => label}
          disabled={!mayManage}
          onMove={(id, to) => {
            const field = live.find((one) => one.id === id)
            const there = live[to]
            // Places count the retired ones, too.
            if (field && there) move.mutate({ field, position: fields.indexOf(there) }, tell)
          }}
        >
          {(field, handle) => <FieldRow field={field} handle={handle} onEdit={() => onEdit(field)} />}
        </SortableList>
      )}
      {retired.length > 0 ? (
        <section aria-label={t('customFields.retired')}>
          <h2 className="pb-1 text-12 font-semibold text-muted">{t('customFields.retired')}</h2>
          <ul>
            {retired.map((field) => (
              <li key={field.id}>
                <FieldRow field={field} handle={null} onEdit={() => onEdit(field)} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <StandardFields object={object} />
    </div>
  )
}
