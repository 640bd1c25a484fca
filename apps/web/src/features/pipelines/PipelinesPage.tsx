import { pipelineObjects, type Pipeline } from '@rapport/contracts'
import { Plus, Star, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { may, useMay, useMe } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Section } from '../../ui/Section.tsx'
import { kindOf } from '../records/kinds.ts'
import { useAddStage, useCreatePipeline, usePipelines, useRemovePipeline, useUpdatePipeline } from './api.ts'
import { LostReasons } from './LostReasons.tsx'
import { CommitInput } from './CommitInput.tsx'
import { StageRow } from './StageRow.tsx'
import { useTellProblem } from './useTellProblem.ts'
import { useKindWords } from '../records/useKindWords.ts'

/** Pipelines by what goes through them, for those kinds that one may read. */
export function PipelinesPage() {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const me = useMe()
  const pipelines = usePipelines()
  const readOnly = !useMay('pipelines:manage')
  const kinds = pipelineObjects.flatMap((object) => {
    const kind = kindOf(object)
    return kind && may(me, `${kind.many}:read`) ? [{ object, title: wordOf(kind, 'title') }] : []
  })
  return (
    <Page title={t('pipelines.title')}>
      <p className="pb-4 text-13 text-muted">{t('pipelines.intro')}</p>
      <div className="flex flex-col gap-10">
        {kinds.map(({ object, title }) => (
          <ObjectSection
            key={object}
            object={object}
            title={title}
            pipelines={pipelines.filter((pipeline) => pipeline.object === object)}
            readOnly={readOnly}
          />
        ))}
        <LostReasons readOnly={readOnly} />
      </div>
    </Page>
  )
}

type ObjectProps = {
  object: Pipeline['object']
  title: string
  pipelines: readonly Pipeline[]
  readOnly: boolean
}

function ObjectSection({ object, title, pipelines, readOnly }: ObjectProps) {
  const { t } = useTranslation()
  const create = useCreatePipeline()
  const tell = useTellProblem()
  return (
    <Section
      title={title}
      actions={
        readOnly ? null : (
          <Button
            size="small"
            icon={Plus}
            loading={create.isPending}
            onClick={() => create.mutate({ object, name: t('pipelines.new') }, tell)}
          >
            {t('pipelines.new')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-8">
        {pipelines.map((pipeline) => (
          <PipelineSection
            key={pipeline.id}
            pipeline={pipeline}
            readOnly={readOnly}
            removable={pipelines.length > 1}
          />
        ))}
      </div>
    </Section>
  )
}

type SectionProps = { pipeline: Pipeline; readOnly: boolean; removable: boolean }

function PipelineSection({ pipeline, readOnly, removable }: SectionProps) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const update = useUpdatePipeline()
  const remove = useRemovePipeline()
  const addStage = useAddStage()
  const { id, version } = pipeline
  return (
    <section aria-label={pipeline.name} className="flex flex-col gap-1">
      <div className="flex items-center gap-2 border-b border-line pb-2">
        <CommitInput
          label={t('pipelines.name')}
          value={pipeline.name}
          readOnly={readOnly}
          className="max-w-64 font-semibold"
          onCommit={(name) => update.mutateAsync({ id, version, name }, tell)}
        />
        {pipeline.is_default ? <Badge>{t('pipelines.default')}</Badge> : null}
        <div className="ml-auto flex gap-1">
          {readOnly || pipeline.is_default ? null : (
            <>
              <IconButton
                icon={Star}
                label={t('pipelines.make_default')}
                onClick={() => update.mutate({ id, version, is_default: true }, tell)}
              />
              {removable ? (
                <IconButton
                  icon={Trash2}
                  label={t('pipelines.delete')}
                  onClick={() => remove.mutate({ id }, tell)}
                />
              ) : null}
            </>
          )}
        </div>
      </div>
      <ul className="flex flex-col">
        {pipeline.stages.map((stage, index) => (
          <StageRow key={stage.id} pipeline={pipeline} stage={stage} index={index} readOnly={readOnly} />
        ))}
      </ul>
      {readOnly ? null : (
        <Button
          variant="ghost"
          size="small"
          icon={Plus}
          className="self-start"
          loading={addStage.isPending}
          onClick={() => addStage.mutate({ id, name: t('pipelines.new_stage') }, tell)}
        >
          {t('pipelines.add_stage')}
        </Button>
      )}
    </section>
  )
}
