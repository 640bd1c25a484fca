import type { Import } from '@rapport/contracts'
import { CircleAlert, CircleCheck, CircleSlash, Download } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { useStartImport } from './api.ts'
import { saveErrorFile } from './errorFile.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { useReason } from './refusal.ts'
import { StepFrame } from './StepFrame.tsx'
import { KeptRecords, UndoButton } from './UndoPart.tsx'
import { importedKind } from './useImportKinds.ts'

const looks = {
  completed: { icon: CircleCheck, tone: 'text-success-ink' },
  failed: { icon: CircleAlert, tone: 'text-danger-ink' },
  cancelled: { icon: CircleSlash, tone: 'text-warn-ink' },
  undone: { icon: CircleSlash, tone: 'text-muted' },
} as const

export function ResultStep({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  return (
    <StepFrame label={t(`imports.state.${shown.state}`)}>
      <section className="flex flex-col gap-6 pt-6">
        <Headline shown={shown} />
        <ImportCounts shown={shown} />
        {shown.failed > 0 && shown.state !== 'undone' ? <FailedRows shown={shown} /> : null}
        <KeptRecords shown={shown} />
        <div className="flex flex-wrap gap-2">
          <ResultActions shown={shown} />
        </div>
      </section>
    </StepFrame>
  )
}

function Headline({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = shown.state in looks ? (shown.state as keyof typeof looks) : 'completed'
  const { icon: Icon, tone } = looks[state]
  return (
    <div className="flex items-start gap-3">
      <Icon className={cx('mt-0.5 size-5 shrink-0', tone)} strokeWidth={1.75} aria-hidden />
      <div className="min-w-0">
        <h2 className="text-15 font-semibold">{t(`imports.result.${state}`)}</h2>
        <p className="text-13 break-words text-muted">
          {format.dateTime(shown.finished_at ?? shown.created_at)}
        </p>
        {shown.problem ? <p className="mt-2 text-13 break-words text-danger-ink">{shown.problem}</p> : null}
        {state === 'failed' ? <p className="text-13 text-muted">{t('imports.result.failed_text')}</p> : null}
        {state === 'cancelled' || state === 'failed' ? (
          <p className="text-13 text-muted">
            {t('imports.result.stopped_at', {
              done: format.number(shown.done),
              total: format.number(shown.total),
            })}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** The file is asked for with the session and saved from memory: a plain link could not name the organization. */
function FailedRows({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useReason()
  const download = useMutation({
    mutationFn: () =>
      saveErrorFile(
        shown.id,
        t('imports.result.error_file', { name: shown.file_name.replace(/\.[a-z0-9]{1,5}$/i, '') }),
      ),
    onError: (error) => notify.problem(t('common.problem.title'), reason(error)),
  })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-base bg-danger-soft px-3 py-2.5">
      <p className="min-w-56 flex-1 text-13 text-danger-ink">
        {t('imports.result.download_text', { count: shown.failed, formatted: format.number(shown.failed) })}
      </p>
      <Button icon={Download} loading={download.isPending} onClick={() => download.mutate()}>
        {t('imports.result.download')}
      </Button>
    </div>
  )
}

function ResultActions({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const reason = useReason()
  const format = useFormat()
  const { wordOf } = useKindWords()
  const kind = importedKind(shown.object)
  const start = useStartImport(shown.id)
  const { mapping, duplicate_policy, automation, create_companies, keep_unreadable } = shown
  const resume = () =>
    mapping &&
    start.mutate(
      {
        mapping,
        duplicate_policy: duplicate_policy ?? 'create',
        automation,
        create_companies,
        keep_unreadable,
      },
      { onError: (error) => notify.problem(t('common.problem.title'), reason(error)) },
    )
  const canResume = shown.state === 'failed' && shown.phase !== 'undo' && mapping !== null
  return (
    <>
      {canResume ? (
        <Button variant="primary" loading={start.isPending} onClick={resume}>
          {t('imports.result.resume')}
        </Button>
      ) : null}
      <Link to={kind.path} className={buttonClass(canResume ? 'secondary' : 'primary')}>
        {t('imports.result.records', { names: wordOf(kind, 'title').toLocaleLowerCase(format.locale) })}
      </Link>
      <Link to={paths.importsOf(shown.object)} className={buttonClass('secondary')}>
        {t('imports.result.another')}
      </Link>
      <UndoButton shown={shown} />
    </>
  )
}
