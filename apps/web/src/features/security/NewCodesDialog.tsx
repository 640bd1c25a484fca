import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useNewRecoveryCodes } from './api.ts'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'
import { useTellProblem } from './useTellProblem.ts'

export function NewCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const renew = useNewRecoveryCodes()
  // Away while it is made, because the question who one is may come in between.
  const [asking, setAsking] = useState(true)
  if (renew.data) return <RecoveryCodesDialog codes={renew.data.recovery_codes} onDone={onClose} />
  const make = () => {
    setAsking(false)
    renew.mutate(undefined, {
      onError: (error) => {
        tell(error)
        onClose()
      },
    })
  }
  return (
    <Dialog
      open={asking}
      onOpenChange={onClose}
      size="small"
      title={t('security.codes.renew')}
      description={t('security.codes.renew_text')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button variant="primary" onClick={make}>
            {t('security.codes.renew_confirm')}
          </Button>
        </>
      }
    />
  )
}
