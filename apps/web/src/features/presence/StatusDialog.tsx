import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readPeopleAgain, usePresenceOf } from '../../app/people.ts'
import { rapport } from '../../app/rapport.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

const longest = 80

/** A few words that colleagues see beside the name. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { user } = useMe()
  const [text, setText] = useState(usePresenceOf(user.id)?.text ?? '')
  const [saving, setSaving] = useState(false)
  const save = () => {
    setSaving(true)
    rapport.presence.say({ body: { text: text.trim() === '' ? null : text } }).then(
      () => {
        readPeopleAgain()
        onClose()
      },
      (error: unknown) => {
        setSaving(false)
        notify.problem(t('common.problem.title'), describe(error))
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('presence.say_title')}
      footer={
        <Button variant="primary" loading={saving} onClick={save}>
          {t('common.action.save')}
        </Button>
      }
    >
      <Field label={t('presence.words')} hint={t('presence.words_hint')}>
        <Input
          value={text}
          maxLength={longest}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save()
          }}
        />
      </Field>
    </Dialog>
  )
}
