import type { SignInMethods } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { useBeginTwoFactor } from './api.ts'
import { DisableDialog } from './DisableDialog.tsx'
import { NewCodesDialog } from './NewCodesDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { SetUpDialog } from './SetUpDialog.tsx'
import { useTellProblem } from './useTellProblem.ts'

const few = 3

export function TwoFactorSection({ methods }: { methods: SignInMethods }) {
  const { t } = useTranslation()
  const { enabled_at } = methods.two_factor
  const [open, setOpen] = useState<'codes' | 'disable' | null>(null)
  const close = () => setOpen(null)
  return (
    <Section
      title={t('security.two_factor.title')}
      text={t('security.two_factor.intro')}
      beside={
        enabled_at === null ? (
          <Badge>{t('security.two_factor.off')}</Badge>
        ) : (
          <Badge tone="success">{t('security.two_factor.on')}</Badge>
        )
      }
      actions={
        <>
          <SetUp offered={enabled_at === null} />
          {enabled_at === null ? null : (
            <>
              <Button onClick={() => setOpen('codes')}>{t('security.two_factor.new_codes')}</Button>
              <Button onClick={() => setOpen('disable')}>{t('security.two_factor.turn_off')}</Button>
            </>
          )}
        </>
      }
    >
      {enabled_at === null ? null : <State methods={methods} since={enabled_at} />}
      {open === 'codes' ? <NewCodesDialog onClose={close} /> : null}
      {open === 'disable' ? <DisableDialog withPassword={methods.password} onClose={close} /> : null}
    </Section>
  )
}

/**
 * The button and, once the server has made a secret, the dialog. The dialog outlives the offer: two-factor is on before
 * the recovery codes have been seen.
 */
export function SetUp({ offered, onDone }: { offered: boolean; onDone?: () => void }) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const begin = useBeginTwoFactor()
  return (
    <>
      {offered ? (
        <Button
          variant="primary"
          loading={begin.isPending}
          onClick={() => begin.mutate(undefined, { onError: tell })}
        >
          {t('security.two_factor.set_up')}
        </Button>
      ) : null}
      {begin.data ? (
        <SetUpDialog
          secret={begin.data}
          onClose={(done) => {
            begin.reset()
            if (done) onDone?.()
          }}
        />
      ) : null}
    </>
  )
}

function State({ methods, since }: { methods: SignInMethods; since: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const left = methods.two_factor.recovery_codes_left
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-muted">
      {t('security.two_factor.since', { date: format.date(since) })}
      <Badge tone={left <= few ? 'warn' : 'neutral'}>
        {t('security.two_factor.codes_left', { count: left })}
      </Badge>
    </p>
  )
}
