import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFileDrop } from './useFileDrop.ts'

/** Lies over the window while a file is held over it. */
export function DropVeil({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation()
  const over = useFileDrop(onFiles)
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-30 flex bg-scrim p-4">
      <div className="float-surface m-auto flex items-center gap-3 px-5 py-4 text-15 font-semibold">
        <FileUp className="size-5 text-accent-ink" strokeWidth={1.75} aria-hidden />
        {t('imports.drop.release')}
      </div>
    </div>
  )
}
