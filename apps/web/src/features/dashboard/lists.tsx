import type { RecentEvent } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths, recordPath } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { todayQuery } from '../follow-ups/api.ts'
import { presentGoalsQuery } from '../goals/api.ts'
import { GoalProgress } from '../goals/GoalProgress.tsx'
import { useGoalWords } from '../goals/useGoalWords.ts'
import { recentQuery } from './api.ts'
import { Widget } from './Widget.tsx'

export function RecentActivity() {
  const { t } = useTranslation()
  const format = useFormat()
  const happened = useHappened()
  const found = useQuery(recentQuery)
  const items = found.data ?? []
  return (
    <Widget title={t('dashboard.widget.recent_activity')} found={found}>
      {() =>
        items.length === 0 ? (
          <Nothing />
        ) : (
          <ul className="flex flex-col">
            {items.map((event) => (
              <li
                key={event.id}
                className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-0"
              >
                <span className="min-w-0 flex-1 truncate">
                  <Link
                    to={recordPath(event.record.object, event.record.id)}
                    className="rounded-small font-medium hover:underline"
                  >
                    {event.record.title}
                  </Link>{' '}
                  <span className="text-muted">
                    {t('dashboard.did', { what: happened(event), who: event.actor.name })}
                  </span>
                </span>
                <time dateTime={event.occurred_at} className="shrink-0 text-12 text-faint">
                  {format.ago(event.occurred_at)}
                </time>
              </li>
            ))}
          </ul>
        )
      }
    </Widget>
  )
}

/** What became of a record, in a few words. */
function useHappened(): (event: RecentEvent) => string {
  const { t } = useTranslation()
  return ({ type, activity_type }) => {
    if (activity_type) return t(`dashboard.logged.${activity_type}`)
    if (type.endsWith('.created')) return t('dashboard.verb.created')
    if (type.endsWith('.stage_changed')) return t('dashboard.verb.stage_changed')
    return t(type.endsWith('.converted') ? 'dashboard.verb.converted' : 'dashboard.verb.followed_up')
  }
}

const shownFollowUps = 8

export function FollowUpsDue() {
  const { t } = useTranslation()
  const format = useFormat()
  const found = useQuery(todayQuery)
  return (
    <Widget
      title={t('dashboard.widget.follow_ups_due')}
      found={found}
      actions={
        <Link to={paths.today} className="rounded-small text-12 text-accent-ink hover:underline">
          {t('shell.nav.today')}
        </Link>
      }
    >
      {() => {
        const due = [...(found.data?.overdue.follow_ups ?? []), ...(found.data?.due.follow_ups ?? [])]
        return due.length === 0 ? (
          <p className="text-13 text-muted">{t('today.empty')}</p>
        ) : (
          <ul className="flex flex-col">
            {due.slice(0, shownFollowUps).map(({ id, subject, note, due_at, channel }) => (
              <li key={id} className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-0">
                <span className="min-w-0 flex-1 truncate">
                  <Link
                    to={recordPath(subject.object, subject.id)}
                    className="rounded-small font-medium hover:underline"
                  >
                    {subject.title}
                  </Link>{' '}
                  <span className="text-muted">{note ?? t(`followUps.channel.${channel}`)}</span>
                </span>
                <time dateTime={due_at} className="shrink-0 text-12 text-faint">
                  {format.ago(due_at)}
                </time>
              </li>
            ))}
          </ul>
        )
      }}
    </Widget>
  )
}

/** One's own, those of one's teams, and the organization's. */
export function MyGoals() {
  const { t } = useTranslation()
  const words = useGoalWords()
  const { user, team_user_ids } = useMe()
  const found = useQuery(presentGoalsQuery)
  const inTeam = team_user_ids.length > 0
  const mine = (found.data ?? []).filter(
    (goal) => goal.user_id === user.id || (goal.user_id === null && (goal.team_id === null || inTeam)),
  )
  return (
    <Widget
      title={t('dashboard.widget.my_goals')}
      found={found}
      actions={
        <Link to={paths.goals} className="rounded-small text-12 text-accent-ink hover:underline">
          {t('dashboard.all_goals')}
        </Link>
      }
    >
      {() =>
        mine.length === 0 ? (
          <p className="text-13 text-muted">{t('goals.empty')}</p>
        ) : (
          <ul className="flex flex-col gap-3">
            {mine.map((goal) => (
              <li key={goal.id}>
                <GoalProgress
                  goal={goal}
                  label={[
                    goal.user_id === user.id ? null : words.subject(goal),
                    words.metric(goal),
                    words.period(goal),
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                />
              </li>
            ))}
          </ul>
        )
      }
    </Widget>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return <p className="text-13 text-muted">{t('dashboard.nothing')}</p>
}
