import { colors, type Color, type Pipeline, type Stage } from '@rapport/contracts'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { useRemoveStage, useUpdateStage } from './api.ts'
import { CommitInput } from './CommitInput.tsx'
import { MoveRecordsDialog } from './MoveRecordsDialog.tsx'
import { RulesLine, StageRules } from './StageRules.tsx'
import { useTellProblem } from './useTellProblem.ts'

type Props = { pipeline: Pipeline; stage: Stage; index: number; readOnly: boolean }

export type StageChange = Partial<
  Pick<
    Stage,
    | 'name'
    | 'color'
    | 'type'
    | 'probability'
    | 'position'
    | 'required_fields'
    | 'rotting_days'
    | 'forecast_category'
  >
>

export function StageRow({ pipeline, stage, index, readOnly }: Props) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const update = useUpdateStage()
  const changeOf = (fields: StageChange) => ({
    id: pipeline.id,
    stage_id: stage.id,
    version: stage.version,
    ...fields,
  })
  const change = (fields: StageChange) => update.mutate(changeOf(fields), tell)
  const commit = (fields: StageChange) => update.mutateAsync(changeOf(fields), tell)
  return (
    <li className="grid grid-cols-[8rem_1fr] items-center gap-2 border-b border-line py-1.5 last:border-b-0 sm:grid-cols-[8rem_minmax(8rem,1fr)_6rem_5rem_auto]">
      <Select<Color>
        size="small"
        label={t('pipelines.color')}
        disabled={readOnly}
        value={stage.color}
        options={colors.map((value) => ({ value, label: t(`pipelines.colors.${value}`), hue: value }))}
        onChange={(color) => change({ color })}
      />
      <span className="min-w-0">
        <CommitInput
          label={t('pipelines.stage_name')}
          value={stage.name}
          readOnly={readOnly}
          onCommit={(name) => commit({ name })}
        />
        <RulesLine stage={stage} />
      </span>
      <Select<Stage['type']>
        size="small"
        label={t('pipelines.type')}
        disabled={readOnly}
        value={stage.type}
        options={(['open', 'won', 'lost'] as const).map((value) => ({
          value,
          label: t(`pipelines.types.${value}`),
        }))}
        onChange={(type) => change({ type })}
      />
      <span className="flex items-center gap-1 text-12 text-muted">
        <CommitInput
          label={t('pipelines.probability')}
          value={String(stage.probability)}
          inputMode="numeric"
          readOnly={readOnly}
          onCommit={(text) => (/^\d{1,3}$/.test(text) ? commit({ probability: Number(text) }) : null)}
        />
        %
      </span>
      {readOnly ? null : (
        <span className="flex">
          <StageRules pipeline={pipeline} stage={stage} onChange={commit} />
          <IconButton
            icon={ArrowUp}
            size="small"
            label={t('pipelines.move_up', { name: stage.name })}
            disabled={index === 0}
            onClick={() => change({ position: index - 1 })}
          />
          <IconButton
            icon={ArrowDown}
            size="small"
            label={t('pipelines.move_down', { name: stage.name })}
            disabled={index === pipeline.stages.length - 1}
            onClick={() => change({ position: index + 1 })}
          />
          <DeleteStage pipeline={pipeline} stage={stage} />
        </span>
      )}
    </li>
  )
}

/** An empty stage goes at once; one that holds leads asks where they go. */
function DeleteStage({ pipeline, stage }: { pipeline: Pipeline; stage: Stage }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const remove = useRemoveStage()
  const [asking, setAsking] = useState(false)
  const attempt = (move_to?: string) =>
    remove.mutate(
      { id: pipeline.id, stage_id: stage.id, ...(move_to ? { move_to } : {}) },
      {
        onSuccess: () => setAsking(false),
        onError: (error) => {
          if (isProblem(error) && error.code === 'stage_has_records' && !move_to) setAsking(true)
          else notify.problem(t('common.problem.title'), describe(error))
        },
      },
    )
  return (
    <>
      <IconButton
        icon={Trash2}
        size="small"
        label={t('pipelines.delete_stage', { name: stage.name })}
        disabled={pipeline.stages.length === 1}
        onClick={() => attempt()}
      />
      <MoveRecordsDialog
        open={asking}
        onOpenChange={setAsking}
        pipeline={pipeline}
        stage={stage}
        busy={remove.isPending}
        onMove={attempt}
      />
    </>
  )
}
