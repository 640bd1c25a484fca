import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog, type DialogProps } from './Dialog.tsx'

type Props = Omit<DialogProps, 'size' | 'footer'> & {
  /** What the button says that does it. */
  confirm: string
  /** What the other one says, if it is not to cancel. */
  cancel?: string
  onConfirm: () => void
  busy?: boolean
  disabled?: boolean
}

/** Asks before something is done that cannot simply be done again the other way. */
export function ConfirmDialog({
  confirm,
  cancel,
  onConfirm,
  busy = false,
  disabled = false,
  ...dialog
}: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      {...dialog}
      size="small"
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            {cancel ?? t('common.action.cancel')}
          </Button>
          <Button variant="danger" loading={busy} disabled={disabled} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    />
  )
}
