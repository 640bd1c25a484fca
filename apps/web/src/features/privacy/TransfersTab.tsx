import { legalBases, line } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { transfersQuery, useRecordTransfer } from './api.ts'

export function TransfersTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const query = useInfiniteQuery(transfersQuery)
  const [open, setOpen] = useState(false)
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-muted">{t('privacy.transfer.intro')}</p>
      <Button icon={Plus} className="self-start" onClick={() => setOpen(true)}>
        {t('privacy.transfer.record')}
      </Button>
      {query.isPending ? <SkeletonRows rows={4} label={t('common.state.loading')} /> : null}
      {query.isError ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? <EmptyState title={t('privacy.transfer.none')} /> : null}
      <ul aria-label={t('privacy.tab.transfers')} className="flex flex-col divide-y divide-line">
        {items.map((transfer) => (
          <li key={transfer.id} className="flex flex-wrap gap-x-4 gap-y-0.5 py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <p className="text-13 font-medium">
                {transfer.kind === 'other' ? transfer.recipient : t(`privacy.transfer.kind.${transfer.kind}`)}
              </p>
              <p className="text-12 text-muted">
                {[
                  transfer.purpose,
                  transfer.legal_basis === null
                    ? ''
                    : t(`privacy.transfer.basis.${transfer.legal_basis as Basis}`),
                  transfer.country ?? '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </div>
            <p className="text-12 text-muted">
              {transfer.actor.name} · {format.dateTime(transfer.occurred_at)}
            </p>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button variant="ghost" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('privacy.more')}
        </Button>
      ) : null}
      <Dialog open={open} onOpenChange={setOpen} title={t('privacy.transfer.record')}>
        <TransferForm onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  )
}

type Basis = (typeof legalBases)[number]

const Typed = z.object({
  recipient: line(200),
  purpose: line(500),
  legal_basis: z.enum(legalBases).nullable(),
})

function TransferForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const record = useRecordTransfer()
  const shell = useFormShell({
    schema: Typed,
    defaults: { recipient: '', purpose: '', legal_basis: null },
    async submit(body) {
      await record.mutateAsync(body)
      notify.success(t('privacy.transfer.recorded'))
      onDone()
    },
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="recipient" label={t('privacy.transfer.recipient')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField shell={shell} name="purpose" label={t('privacy.transfer.purpose')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField shell={shell} name="legal_basis" label={t('privacy.transfer.legal_basis')} optional>
        {(field) => (
          <Select
            {...field}
            options={legalBases.map((value) => ({ value, label: t(`privacy.transfer.basis.${value}`) }))}
          />
        )}
      </FormField>
      <FormActions submit={t('common.action.save')} busy={shell.submitting} onCancel={onDone} />
    </Form>
  )
}
