import type { ApiKey, ApiKeyWithSecret } from '@rapport/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/Form.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { useRevokeKey, useRotateKey, useUpdateScopes } from './api.ts'
import { ScopePicker } from './ScopePicker.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { useExplain } from './useExplain.ts'

type Props = { apiKey: ApiKey; onClose: () => void }

/** What went wrong, in a sentence; null while nothing did. */
function useProblem(error: unknown): string | null {
  const describe = useDescribeProblem()
  const explain = useExplain()
  return error === null ? null : (explain(error)?.message ?? describe(error))
}

export function ScopesDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation()
  const update = useUpdateScopes()
  const problem = useProblem(update.error)
  const [scopes, setScopes] = useState(apiKey.scopes)
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    if (scopes.length === 0) return
    update.mutate(
      { id: apiKey.id, scopes },
      {
        onSuccess: () => {
          notify.success(t('apiKeys.scopes.saved'))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={apiKey.name}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button variant="primary" loading={update.isPending} onClick={save}>
            {t('common.action.save')}
          </Button>
        </>
      }
    >
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      <ScopePicker
        value={scopes}
        onChange={setScopes}
        error={tried && scopes.length === 0 ? t('apiKeys.scopes.needed') : undefined}
      />
    </Dialog>
  )
}

const graces = ['24', '168', '1', '0'] as const

export function RotateDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation()
  const rotate = useRotateKey()
  const problem = useProblem(rotate.error)
  const [grace, setGrace] = useState<(typeof graces)[number]>('24')
  const [made, setMade] = useState<ApiKeyWithSecret | null>(null)
  const question = useId()
  if (made !== null) return <SecretDialog title={t('apiKeys.secret.rotated')} made={made} onDone={onClose} />
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="small"
      title={t('apiKeys.rotate.title', { name: apiKey.name })}
      description={t('apiKeys.rotate.text')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button
            variant="primary"
            loading={rotate.isPending}
            onClick={() =>
              rotate.mutate({ id: apiKey.id, grace_hours: Number(grace) }, { onSuccess: setMade })
            }
          >
            {t('apiKeys.rotate.confirm')}
          </Button>
        </>
      }
    >
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      <h3 id={question} className="pb-1 text-12 font-medium">
        {t('apiKeys.rotate.grace')}
      </h3>
      <RadioList
        labelledBy={question}
        value={grace}
        onChange={setGrace}
        choices={graces.map((value) => ({ value, label: t(`apiKeys.rotate.hours_${value}`) }))}
      />
    </Dialog>
  )
}

export function RevokeDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation()
  const revoke = useRevokeKey()
  const problem = useProblem(revoke.error)
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('apiKeys.revoke.title', { name: apiKey.name })}
      description={t('apiKeys.revoke.text')}
      confirm={t('apiKeys.revoke.confirm')}
      busy={revoke.isPending}
      onConfirm={() =>
        revoke.mutate(apiKey, {
          onSuccess: () => {
            notify.success(t('apiKeys.revoke.done', { name: apiKey.name }))
            onClose()
          },
        })
      }
    >
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
    </ConfirmDialog>
  )
}
