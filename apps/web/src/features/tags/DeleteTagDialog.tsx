import type { Tag } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useRemoveTag } from './api.ts'
import { useTellTagProblem } from './useTellTagProblem.ts'

type Props = { tag: Tag; records: number | undefined; onClose: () => void }

/** Cannot be undone, so it says of how many records the tag is taken. */
export function DeleteTagDialog({ tag, records, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useTellTagProblem()
  const remove = useRemoveTag()
  const submit = () =>
    remove.mutate(tag.id, {
      ...tell,
      onSuccess() {
        notify.success(t('tags.delete.done', { name: tag.name }))
        onClose()
      },
    })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('tags.delete.title', { name: tag.name })}
      description={
        records === undefined
          ? t('tags.delete.text_unknown')
          : t('tags.delete.text', { count: records, formatted: format.number(records) })
      }
      confirm={t('tags.delete.confirm')}
      busy={remove.isPending}
      onConfirm={submit}
    />
  )
}
