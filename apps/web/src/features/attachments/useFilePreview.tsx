import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { download } from './api.ts'
import { PreviewDialog } from './PreviewDialog.tsx'
import { canBeSeen, currentOf, type SeenFile } from './versions.ts'

/** Of some files: what can be seen is opened, with the way to the one before and after it; all else is saved. */
export function useFilePreview(files: readonly SeenFile[]) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [shown, setShown] = useState<string | null>(null)
  const visible = files.filter((file) => canBeSeen(currentOf(file)))
  const place = visible.findIndex(({ id }) => id === shown)
  const preview = visible[place]
  const [before, after] = [visible[place - 1], visible[place + 1]]
  const save = (file: SeenFile) =>
    void download(file, file.current).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describe(error)),
    )
  return {
    save,
    open: (file: SeenFile) => (canBeSeen(currentOf(file)) ? setShown(file.id) : save(file)),
    dialog: preview ? (
      <PreviewDialog
        file={preview}
        onClose={() => setShown(null)}
        onBefore={before && (() => setShown(before.id))}
        onAfter={after && (() => setShown(after.id))}
        onDownload={() => save(preview)}
      />
    ) : null,
  }
}
