import type { Goal } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus, Target } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { FiguresFailed } from '../forecast/FiguresFailed.tsx'
import { goalsQuery } from './api.ts'
import { GoalDialog } from './GoalDialog.tsx'
import { GoalRow } from './GoalRow.tsx'
import { useGoalWords } from './useGoalWords.ts'

const aYear_ms = 366 * 86_400_000

/** What the organization, its teams and its members aim at, and how far they have come. */
export function GoalsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened] = useState(() => Date.now())
  const [past, setPast] = useState(false)
  const from = format.day(new Date(past ? opened - aYear_ms : opened).toISOString())
  const found = useQuery(goalsQuery(from))
  const mayManage = useMay('goals:manage')
  const [asking, setAsking] = useState<Goal | 'new' | null>(null)
  const newGoal = mayManage ? (
    <Button variant="primary" icon={Plus} onClick={() => setAsking('new')}>
      {t('goals.new')}
    </Button>
  ) : null
  return (
    <Page title={t('goals.title')} actions={newGoal}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 pb-3">
        <p className="min-w-0 flex-1 basis-64 text-13 text-muted">{t('goals.intro')}</p>
        <Switch checked={past} onChange={setPast} className="shrink-0 whitespace-nowrap">
          {t('goals.past')}
        </Switch>
      </div>
      {found.data ? (
        found.data.length === 0 ? (
          <EmptyState icon={Target} title={t('goals.empty')} text={t('goals.empty_text')} />
        ) : (
          <Periods goals={found.data} readOnly={!mayManage} onEdit={setAsking} />
        )
      ) : found.error ? (
        <FiguresFailed error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows label={t('goals.title')} rows={4} />
      )}
      {asking ? <GoalDialog goal={asking === 'new' ? null : asking} onClose={() => setAsking(null)} /> : null}
    </Page>
  )
}

type PeriodsProps = { goals: readonly Goal[]; readOnly: boolean; onEdit: (goal: Goal) => void }

function Periods({ goals, readOnly, onEdit }: PeriodsProps) {
  const words = useGoalWords()
  return [...Map.groupBy(goals, words.period)].map(([period, members]) => (
    <section key={period} aria-label={period} className="pt-4">
      <h2 className="border-b border-line pb-1.5 text-13 font-semibold first-letter:uppercase">{period}</h2>
      <ul className="flex flex-col">
        {members.map((goal) => (
          <GoalRow key={goal.id} goal={goal} readOnly={readOnly} onEdit={() => onEdit(goal)} />
        ))}
      </ul>
    </section>
  ))
}
