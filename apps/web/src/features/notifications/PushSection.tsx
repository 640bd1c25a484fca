import type { PushDevice } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pushObstacle } from '../../app/push.ts'
import { useMe } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { Section } from '../../ui/Section.tsx'
import { useDeviceName } from '../account/useDeviceName.ts'
import { devicesQuery, useRemoveDevice, useSwitchOn, useTestDevice } from './pushDevices.ts'

const phones = new Set(['Android', 'iOS'])

/** The browsers that are told while no window is open, and this one among them or not. */
export function PushSection() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(devicesQuery)
  const here = data.items.some(({ current }) => current)
  return (
    <Section
      title={t('notifications.push.title')}
      text={t('notifications.push.text')}
      actions={here ? null : <SwitchOn public_key={data.public_key} />}
    >
      {data.items.length > 0 ? (
        <ul aria-label={t('notifications.push.browsers')} className="flex flex-col divide-y divide-line">
          {data.items.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
      ) : null}
    </Section>
  )
}

function SwitchOn({ public_key }: { public_key: string }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const switchOn = useSwitchOn(useMe().user.id, public_key)
  const [obstacle, setObstacle] = useState(pushObstacle)
  if (obstacle !== null)
    return <p className="max-w-prose text-13 text-warn-ink">{t(`notifications.push.${obstacle}`)}</p>
  const start = () =>
    switchOn.mutateAsync().then(setObstacle, (error: unknown) => {
      const text = isProblem(error) ? describe(error) : t('notifications.push.service_unreachable')
      notify.problem(t('notifications.push.not_on'), text)
    })
  return (
    <Button loading={switchOn.isPending} onClick={() => void start()}>
      {t('notifications.push.switch_on')}
    </Button>
  )
}

function DeviceRow({ device }: { device: PushDevice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const remove = useRemoveDevice()
  const test = useTestDevice()
  const { id, current, system, created_at, pushed_at } = device
  const name = useDeviceName(device)
  const Icon = system !== null && phones.has(system) ? Smartphone : Monitor
  const failed = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const tryIt = () =>
    test.mutateAsync(id).then(({ outcome }) => {
      if (outcome === 'sent') notify.success(t('notifications.push.tried'))
      else notify.problem(t('notifications.push.not_sent'), t(`notifications.push.outcome.${outcome}`))
    }, failed)
  const takeAway = () =>
    remove
      .mutateAsync({ id, current })
      .then(() => notify.success(t('notifications.push.removed', { device: name })), failed)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          {name}
          {current ? <Badge tone="success">{t('notifications.push.this')}</Badge> : null}
        </p>
        <p className="text-12 text-muted">
          {pushed_at === null
            ? t('notifications.push.since', { when: format.dateTime(created_at) })
            : t('notifications.push.last', { when: format.ago(pushed_at) })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="small"
          loading={test.isPending}
          onClick={() => void tryIt()}
          aria-label={t('notifications.push.try_named', { device: name })}
        >
          {t('notifications.push.try')}
        </Button>
        <Button
          size="small"
          variant="ghost"
          loading={remove.isPending}
          onClick={() => void takeAway()}
          aria-label={t('notifications.push.remove_named', { device: name })}
        >
          {t('notifications.push.remove')}
        </Button>
      </div>
    </li>
  )
}
