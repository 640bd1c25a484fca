import type { ApiKeyWithSecret } from '@rapport/contracts'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'

type Props = { title: string; made: ApiKeyWithSecret; onDone: () => void }

/** The one time that the whole key is on screen. A stray key or click does not close it before it was copied. */
export function SecretDialog({ title, made, onDone }: Props) {
  const { t } = useTranslation()
  const [state, setState] = useState<'fresh' | 'copied' | 'leaving'>('fresh')
  return (
    <Dialog open onOpenChange={() => (state === 'fresh' ? setState('leaving') : onDone())} title={title}>
      <div className="flex flex-col gap-4">
        <p role="alert" className="rounded-base bg-warn-soft px-2.5 py-2 text-13 text-warn-ink">
          {t(state === 'leaving' ? 'apiKeys.secret.leave' : 'apiKeys.secret.once')}
        </p>
        <SecretField secret={made.secret} onCopied={() => setState('copied')} />
        <HowToUse made={made} />
        <div className="flex justify-end">
          <Button variant="primary" onClick={onDone}>
            {t('apiKeys.secret.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function SecretField({ secret, onCopied }: { secret: string; onCopied: () => void }) {
  const { t } = useTranslation()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      onCopied()
      notify.success(t('apiKeys.secret.copied'))
    } catch {
      // Without a secure address browsers have no clipboard.
      notify.problem(t('apiKeys.secret.not_copied'))
    }
  }
  return (
    <Field label={t('apiKeys.secret.label')}>
      <Input
        readOnly
        value={secret}
        className="font-mono text-12"
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onCopy={onCopied}
        trailing={<IconButton icon={Copy} label={t('apiKeys.secret.copy')} onClick={() => void copy()} />}
      />
    </Field>
  )
}

function HowToUse({ made }: { made: ApiKeyWithSecret }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <div className="text-12 text-muted">
        <p>{t('apiKeys.secret.use')}</p>
        <code className="mt-1 block overflow-x-auto rounded-base bg-sunken px-2.5 py-2 font-mono whitespace-nowrap text-ink">
          Authorization: Bearer {made.prefix}_…
        </code>
      </div>
      {made.rotated_at === null ? null : (
        <p className="text-13 text-muted">
          {made.previous_until === null
            ? t('apiKeys.secret.old_ended')
            : t('apiKeys.secret.old_until', { when: format.dateTime(made.previous_until) })}
        </p>
      )}
    </>
  )
}
