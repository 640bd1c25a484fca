import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { ExportDialog, type Exported } from './ExportDialog.tsx'

/** Writes what the list shows into a file. */
export function ExportButton({ kind, exported }: { kind: RecordKind; exported: Exported }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <IconButton icon={Download} label={t('exports.open')} onClick={() => setAsking(true)} />
      <ExportDialog kind={kind} exported={exported} open={asking} onClose={() => setAsking(false)} />
    </>
  )
}
