import type { Activity } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { useDispute, type Dispute } from './disputes.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useFieldValue } from './useFieldValue.tsx'

/** Asks of each field that two people changed whose value stands. Belongs once into the shell. */
export function DisputeDialog() {
  const dispute = useDispute()
  const [shown, setShown] = useState<{ dispute: Dispute; turn: number } | null>(null)
  // What was asked last stays while the dialog closes.
  if (dispute && dispute !== shown?.dispute) setShown({ dispute, turn: (shown?.turn ?? 0) + 1 })
  return shown ? <Question key={shown.turn} open={dispute !== null} {...shown.dispute} /> : null
}

type Side = 'mine' | 'theirs'

function Question({ open, about, current, mine, settle }: Dispute & { open: boolean }) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel()
  const fields = Object.keys(mine)
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({})
  const sideOf = (field: string): Side => sides[field] ?? 'mine'
  const { data: activities = [] } = useQuery({
    queryKey: ['dispute', about.id, current['version']],
    queryFn: about.recent,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const name = String(current['full_name'] ?? current['name'] ?? '')
  return (
    <Dialog
      open={open}
      onOpenChange={() => settle(null)}
      title={t('disputes.title', { name })}
      description={t('disputes.text', { count: fields.length })}
      footer={
        <>
          <Button variant="ghost" onClick={() => settle(null)}>
            {t('disputes.later')}
          </Button>
          <Button
            variant="primary"
            onClick={() => settle(new Set(fields.filter((field) => sideOf(field) === 'mine')))}
          >
            {t('disputes.apply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {fields.map((field) => (
          <FieldChoice
            key={field}
            object={about.object}
            field={field}
            label={labelOf(field)}
            current={current}
            mine={mine[field]}
            by={setBy(activities, field)}
            side={sideOf(field)}
            onChange={(side) => setSides((known) => ({ ...known, [field]: side }))}
          />
        ))}
      </div>
    </Dialog>
  )
}

type ChoiceProps = {
  object: string
  field: string
  label: string
  current: Dispute['current']
  mine: unknown
  by: Activity | undefined
  side: Side
  onChange: (side: Side) => void
}

function FieldChoice({ object, field, label, current, mine, by, side, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId()
  const valueOf = useFieldValue(object)
  const who = by
    ? t('disputes.theirs', { name: by.actor.name, time: format.ago(by.occurred_at) })
    : t('disputes.somebody')
  return (
    <section>
      <h3 id={id} className="mb-1 text-12 font-medium text-muted">
        {label}
      </h3>
      <RadioList<Side>
        labelledBy={id}
        value={side}
        onChange={onChange}
        className="flex flex-col gap-1 rounded-base border border-line p-1"
        choices={[
          { value: 'mine', label: <Value>{valueOf(field, mine)}</Value>, text: t('disputes.mine') },
          {
            value: 'theirs',
            label: <Value>{valueOf(field, valueIn(current, field))}</Value>,
            text: by ? <time dateTime={by.occurred_at}>{who}</time> : who,
          },
        ]}
      />
    </section>
  )
}

/** All of a long text can be read before it is given up. */
const Value = ({ children }: { children: ReactNode }) => (
  <span className="block max-h-40 overflow-y-auto break-words whitespace-pre-wrap">{children}</span>
)

const valueIn = (record: Dispute['current'], field: string): unknown =>
  field.startsWith('custom.')
    ? (record['custom'] as Record<string, unknown> | undefined)?.[field.slice(7)]
    : record[field]

/** The latest that set the field: timelines come newest first. */
const setBy = (activities: readonly Activity[], field: string): Activity | undefined =>
  activities.find(({ type, data }) =>
    type === 'stage_changed' ? field === 'stage_id' : field in ((data['changes'] ?? {}) as object),
  )
