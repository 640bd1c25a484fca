import type { ImportUpload } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useOpenRecord } from '../../app/realtime.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { importQuery } from './api.ts'
import { CheckStep } from './CheckStep.tsx'
import { importedKind } from './useImportKinds.ts'
import { ImportSteps, type Step } from './ImportSteps.tsx'
import { MapStep } from './MapStep.tsx'
import { ResultStep } from './ResultStep.tsx'
import { RunStep } from './RunStep.tsx'
import { StateBadge } from './StateBadge.tsx'
import { usePlan } from './usePlan.ts'

export function ImportPage() {
  const { id = '' } = useParams()
  return <ImportOf key={id} id={id} />
}

/** The server's state says whether one plans, waits or reads the result; within the plan the address says it. */
function ImportOf({ id }: { id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: shown } = useSuspenseQuery(importQuery(id))
  const [search, setSearch] = useSearchParams()
  useOpenRecord('import', id)
  const phase = phaseOf(shown.state)
  useRefreshedRecords(phase, shown.object)
  const step: Step = phase !== 'plan' ? 'run' : search.get('step') === 'check' ? 'check' : 'map'
  const go = (next: Step) => setSearch(next === 'check' ? { step: 'check' } : {})
  return (
    <Page
      layout="fill"
      title={shown.file_name}
      beside={
        <>
          <StateBadge state={shown.state} />
          <span className="text-12 whitespace-nowrap text-faint tabular max-sm:hidden">
            {t('imports.count.rows', { count: shown.total, formatted: format.number(shown.total) })}
          </span>
        </>
      }
      actions={
        <Link to={paths.imports} className={buttonClass('ghost', 'small')}>
          <ArrowLeft className="size-4" strokeWidth={1.75} aria-hidden />
          {t('imports.all')}
        </Link>
      }
      toolbar={
        <ImportSteps
          current={step}
          finished={shown.state === 'completed'}
          reachable={phase === 'plan' ? ['map', 'check'] : []}
          onGo={go}
        />
      }
    >
      {phase === 'plan' ? <Planning shown={shown} step={step} onGo={go} /> : null}
      {phase === 'run' ? <RunStep shown={shown} /> : null}
      {phase === 'result' ? <ResultStep shown={shown} /> : null}
    </Page>
  )
}

function Planning({ shown, step, onGo }: { shown: ImportUpload; step: Step; onGo: (step: Step) => void }) {
  const [plan, change] = usePlan(shown)
  return step === 'check' ? (
    <CheckStep shown={shown} plan={plan} onChange={change} onBack={() => onGo('map')} />
  ) : (
    <MapStep shown={shown} plan={plan} onChange={change} onNext={() => onGo('check')} />
  )
}

type Phase = 'plan' | 'run' | 'result'

function phaseOf(state: ImportUpload['state']): Phase {
  if (state === 'uploaded' || state === 'validating') return 'plan'
  return state === 'running' || state === 'paused' ? 'run' : 'result'
}

/** Events bring the records in as they come; where none come through, the end of the import is the sign to look. */
function useRefreshedRecords(phase: Phase, object: string): void {
  const before = useRef(phase)
  useEffect(() => {
    if (before.current === 'run' && phase === 'result')
      for (const queryKey of [importedKind(object).store.keys.all, ['board']])
        void queryClient.invalidateQueries({ queryKey })
    before.current = phase
  }, [phase, object])
}
