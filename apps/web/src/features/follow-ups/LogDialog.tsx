import type { FollowUp } from '@rapport/contracts'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Textarea } from '../../ui/Textarea.tsx'

type Props = {
  followUp: FollowUp
  title: string
  onClose: () => void
  onLog: (status: 'done' | 'skipped', outcome: string | null) => void
}

/** What came of a follow-up. Enter logs it, with or without words. */
export function LogDialog({ followUp, title, onClose, onLog }: Props) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState(followUp.outcome ?? '')
  const log = (status: 'done' | 'skipped') => {
    onClose()
    onLog(status, outcome.trim() || null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    log('done')
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      size="small"
      footer={
        <>
          <Button variant="ghost" onClick={() => log('skipped')}>
            {t('followUps.skip')}
          </Button>
          <Button variant="primary" shortcut="enter" onClick={() => log('done')}>
            {t('followUps.done')}
          </Button>
        </>
      }
    >
      <Field label={t('followUps.outcome')} hint={t('followUps.outcome_hint')}>
        <Textarea
          rows={3}
          maxLength={5000}
          value={outcome}
          onChange={(event) => setOutcome(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </Field>
    </Dialog>
  )
}
