import { consentChannels, consentPurposes, line, type Consent } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { consentsQuery, useRecordConsent, type PersonRef } from './api.ts'

type Props = PersonRef & { readOnly: boolean }

/** What the person agreed to, as it counts now; the history opens below. */
export function ConsentSection(props: Props) {
  return useMay('privacy:read') ? <Consents {...props} /> : null
}

function Consents({ object, id, readOnly }: Props) {
  const { t } = useTranslation()
  const query = useQuery(consentsQuery({ object, id }))
  const [open, setOpen] = useState(false)
  const [past, setPast] = useState(false)
  const all = query.data ?? []
  const shown = past ? all : all.filter(({ current }) => current)
  return (
    <section aria-label={t('privacy.consent.title')} className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between">
        <h2 className="text-11 font-semibold text-faint uppercase">{t('privacy.consent.title')}</h2>
        {readOnly ? null : (
          <IconButton icon={Plus} label={t('privacy.consent.record')} onClick={() => setOpen(true)} />
        )}
      </div>
      {query.isPending ? <Skeleton className="h-6 w-full" /> : null}
      {query.isSuccess && all.length === 0 ? (
        <p className="text-13 text-muted">{t('privacy.consent.none')}</p>
      ) : null}
      <ul className="flex flex-col gap-1.5">
        {shown.map((consent) => (
          <ConsentLine key={consent.id} consent={consent} />
        ))}
      </ul>
      {all.some(({ current }) => !current) ? (
        <Button variant="ghost" size="small" className="self-start" onClick={() => setPast(!past)}>
          {past ? t('privacy.consent.hide_past') : t('privacy.consent.show_past')}
        </Button>
      ) : null}
      <Dialog open={open} onOpenChange={setOpen} title={t('privacy.consent.record')}>
        <ConsentForm record={{ object, id }} onDone={() => setOpen(false)} />
      </Dialog>
    </section>
  )
}

function ConsentLine({ consent }: { consent: Consent }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className="text-13">
      <span className="flex items-center gap-2">
        <span className={consent.current ? '' : 'text-muted'}>
          {t(`privacy.consent.purpose.${consent.purpose}`)} ·{' '}
          {t(`privacy.consent.channel.${consent.channel}`)}
        </span>
        <Badge tone={!consent.current ? 'neutral' : consent.state === 'granted' ? 'success' : 'danger'}>
          {t(`privacy.consent.state.${consent.state}`)}
        </Badge>
      </span>
      <span className="block text-12 text-muted">
        {consent.source} · {format.date(consent.given_at)}
      </span>
    </li>
  )
}

const Typed = z.object({
  purpose: z.enum(consentPurposes),
  channel: z.enum(consentChannels),
  state: z.enum(['granted', 'withdrawn']),
  source: line(200),
})

function ConsentForm({ record: of, onDone }: { record: PersonRef; onDone: () => void }) {
  const { t } = useTranslation()
  const record = useRecordConsent(of)
  const shell = useFormShell({
    schema: Typed,
    defaults: { purpose: 'marketing', channel: 'email', state: 'granted', source: '' },
    async submit(body) {
      await record.mutateAsync(body)
      onDone()
    },
  })
  return (
    <Form shell={shell}>
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField shell={shell} name="state" label={t('privacy.consent.what')}>
          {(field) => (
            <Select
              {...field}
              options={(['granted', 'withdrawn'] as const).map((value) => ({
                value,
                label: t(`privacy.consent.state.${value}`),
              }))}
            />
          )}
        </FormField>
        <FormField shell={shell} name="purpose" label={t('privacy.consent.for')}>
          {(field) => (
            <Select
              {...field}
              options={consentPurposes.map((value) => ({
                value,
                label: t(`privacy.consent.purpose.${value}`),
              }))}
            />
          )}
        </FormField>
        <FormField shell={shell} name="channel" label={t('privacy.consent.by')}>
          {(field) => (
            <Select
              {...field}
              options={consentChannels.map((value) => ({
                value,
                label: t(`privacy.consent.channel.${value}`),
              }))}
            />
          )}
        </FormField>
      </div>
      <FormField
        shell={shell}
        name="source"
        label={t('privacy.consent.source')}
        hint={t('privacy.consent.source_hint')}
      >
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormActions submit={t('common.action.save')} busy={shell.submitting} onCancel={onDone} />
    </Form>
  )
}
