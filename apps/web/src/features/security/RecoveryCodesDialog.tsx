import { Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import { useCopy } from './useCopy.ts'

type Props = { codes: readonly string[]; onDone: () => void }

/** The one time that the codes are on screen. A stray key or click does not close it. */
export function RecoveryCodesDialog({ codes, onDone }: Props) {
  const { t } = useTranslation()
  const copy = useCopy()
  const { email } = useMe().user
  const [leaving, setLeaving] = useState(false)
  const text = [t('security.codes.file_head', { email }), '', ...codes, ''].join('\n')
  return (
    <Dialog
      open
      onOpenChange={() => (leaving ? onDone() : setLeaving(true))}
      title={t('security.codes.title')}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('security.codes.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p
          role={leaving ? 'alert' : undefined}
          className="rounded-base bg-warn-soft px-2.5 py-2 text-13 text-warn-ink"
        >
          {t(leaving ? 'security.codes.leave' : 'security.codes.text')}
        </p>
        <ul
          aria-label={t('security.codes.list')}
          className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-base bg-sunken px-3 py-2.5 font-mono text-13 min-[24rem]:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button icon={Copy} onClick={() => void copy(codes.join('\n'))}>
            {t('security.codes.copy')}
          </Button>
          <Button
            icon={Download}
            onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), t('security.codes.file'))}
          >
            {t('security.codes.download')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
