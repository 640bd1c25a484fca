import type { ApiKeyWithSecret } from '@rapport/contracts'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'

type Props = { made: ApiKeyWithSecret; onDone: () => void }

/** The one time that the whole key is on screen. */
export function SecretShown({ made, onDone }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.secret)
      notify.success(t('apiKeys.secret.copied'))
    } catch {
      // Without a secure address browsers have no clipboard.
      notify.problem(t('apiKeys.secret.not_copied'))
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <p role="alert" className="rounded-base bg-warn-soft px-2.5 py-2 text-13 text-warn-ink">
        {t('apiKeys.secret.once')}
      </p>
      <Field label={t('apiKeys.secret.label')}>
        <Input
          readOnly
          value={made.secret}
          className="font-mono text-12"
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.target.select()}
          trailing={<IconButton icon={Copy} label={t('apiKeys.secret.copy')} onClick={() => void copy()} />}
        />
      </Field>
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
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          {t('apiKeys.secret.done')}
        </Button>
      </div>
    </div>
  )
}
