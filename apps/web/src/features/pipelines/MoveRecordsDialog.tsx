import type { Pipeline, Stage } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  pipeline: Pipeline
  stage: Stage
  busy: boolean
  onMove: (stage_id: string) => void
}

export function MoveRecordsDialog({ open, onOpenChange, pipeline, stage, busy, onMove }: Props) {
  const { t } = useTranslation()
  const others = pipeline.stages.filter((other) => other.id !== stage.id)
  const [target, setTarget] = useState<string | null>(null)
  const chosen = target ?? others[0]?.id ?? null
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('pipelines.move_records_title', { name: stage.name })}
      description={t('pipelines.move_records_text')}
      confirm={t('pipelines.confirm_delete')}
      busy={busy}
      disabled={chosen === null}
      onConfirm={() => chosen && onMove(chosen)}
    >
      <Field label={t('pipelines.target')}>
        <Select
          value={chosen}
          options={others.map((other) => ({ value: other.id, label: other.name, hue: other.color }))}
          onChange={setTarget}
        />
      </Field>
    </ConfirmDialog>
  )
}
