import type { UserSession } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLogOut } from '../../app/UserMenu.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { sessionsQuery, useEndOtherSessions, useEndSession } from './api.ts'
import { Section } from '../../ui/Section.tsx'
import { useDeviceName } from './useDeviceName.ts'

const phones = new Set(['Android', 'iOS'])

export function SessionsSection() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { data: sessions } = useSuspenseQuery(sessionsQuery)
  const endOthers = useEndOtherSessions()
  const others = sessions.filter(({ current }) => !current).length
  const endAll = () =>
    endOthers.mutate(undefined, {
      onSuccess: () => notify.success(t('account.session.all_ended')),
      onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    })
  return (
    <Section
      title={t('account.session.title')}
      text={t('account.session.text')}
      actions={
        others > 0 ? (
          <Button loading={endOthers.isPending} onClick={endAll}>
            {t('account.session.end_others')}
          </Button>
        ) : null
      }
    >
      <ul aria-label={t('account.session.title')} className="flex flex-col divide-y divide-line">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Section>
  )
}

function SessionRow({ session }: { session: UserSession }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const logOut = useLogOut()
  const end = useEndSession()
  const { browser, system, current, ip, last_used_at, created_at } = session
  const Icon = system !== null && phones.has(system) ? Smartphone : Monitor
  const device = useDeviceName(session)
  const endIt = () =>
    end.mutate(session.id, {
      onSuccess: () => notify.success(t('account.session.ended', { device })),
      onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    })
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          {browser === null && system === null ? t('account.session.unknown') : device}
          {current ? <Badge tone="success">{t('account.session.current')}</Badge> : null}
        </p>
        <p className="text-12 text-muted">
          {ip === null ? null : `${ip} · `}
          {current ? t('account.session.now') : t('account.session.used', { when: format.ago(last_used_at) })}
          {' · '}
          {t('account.session.since', { when: format.dateTime(created_at) })}
        </p>
      </div>
      {current ? (
        <Button variant="ghost" size="small" onClick={logOut}>
          {t('shell.topbar.log_out')}
        </Button>
      ) : (
        <Button size="small" onClick={endIt} aria-label={t('account.session.end_named', { device })}>
          {t('account.session.end')}
        </Button>
      )}
    </li>
  )
}
