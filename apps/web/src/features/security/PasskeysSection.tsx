import type { Passkey } from '@rapport/contracts'
import { Ellipsis, Fingerprint, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { useNewPasskeyOptions } from './api.ts'
import { hasPasskeys } from './ceremony.ts'
import { NewPasskeyDialog, RemovePasskeyDialog, RenamePasskeyDialog } from './PasskeyDialogs.tsx'
import { Section } from '../../ui/Section.tsx'
import { useTellProblem } from './useTellProblem.ts'

type Acting = { passkey: Passkey; action: 'rename' | 'remove' }

export function PasskeysSection({ passkeys }: { passkeys: readonly Passkey[] }) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const options = useNewPasskeyOptions()
  const [acting, setActing] = useState<Acting | null>(null)
  const close = () => setActing(null)
  return (
    <Section
      title={t('security.passkeys.title')}
      text={t('security.passkeys.intro')}
      actions={
        hasPasskeys() ? (
          <Button
            icon={Plus}
            loading={options.isPending}
            onClick={() => options.mutate(undefined, { onError: tell })}
          >
            {t('security.passkeys.add')}
          </Button>
        ) : null
      }
    >
      {hasPasskeys() ? null : <p className="text-12 text-muted">{t('security.passkeys.unsupported')}</p>}
      {passkeys.length > 0 ? (
        <ul aria-label={t('security.passkeys.list')} className="divide-y divide-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onAct={setActing} />
          ))}
        </ul>
      ) : null}
      {options.data ? <NewPasskeyDialog options={options.data} onClose={options.reset} /> : null}
      {acting?.action === 'rename' ? <RenamePasskeyDialog passkey={acting.passkey} onClose={close} /> : null}
      {acting?.action === 'remove' ? <RemovePasskeyDialog passkey={acting.passkey} onClose={close} /> : null}
    </Section>
  )
}

function PasskeyRow({ passkey, onAct }: { passkey: Passkey; onAct: (acting: Acting) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, created_at, last_used_at, backed_up } = passkey
  const created = t('security.passkeys.created', { when: format.ago(created_at) })
  const used =
    last_used_at === null
      ? t('security.passkeys.never_used')
      : t('security.passkeys.used', { when: format.ago(last_used_at) })
  return (
    <li className="flex items-center gap-3 py-2">
      <Fingerprint className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {backed_up ? <Badge>{t('security.passkeys.synced')}</Badge> : null}
        </p>
        <p className="text-12 text-muted">{`${created} · ${used}`}</p>
      </div>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('security.passkeys.more', { name })} />}
      >
        <MenuItem icon={Pencil} onSelect={() => onAct({ passkey, action: 'rename' })}>
          {t('security.passkeys.rename')}
        </MenuItem>
        <MenuItem icon={Trash2} danger onSelect={() => onAct({ passkey, action: 'remove' })}>
          {t('security.passkeys.remove')}
        </MenuItem>
      </Menu>
    </li>
  )
}
