import type { Tag } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useMergeTags } from './api.ts'
import { tagOption } from './choices.ts'
import { useTellTagProblem } from './useTellTagProblem.ts'

type Props = { tag: Tag; tags: readonly Tag[]; onClose: () => void }

/** One tag is to stand for another, too. Cannot be undone. */
export function MergeTagDialog({ tag, tags, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useTellTagProblem()
  const merge = useMergeTags()
  const [winner_id, setWinner] = useState<string | null>(null)
  const submit = () =>
    winner_id !== null &&
    merge.mutate(
      { ids: [tag.id], winner_id },
      {
        ...tell,
        onSuccess({ tag: winner, records }) {
          const formatted = format.number(records)
          notify.success(t('tags.merge.done', { name: winner.name, count: records, formatted }))
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="small"
      title={t('tags.merge.title', { name: tag.name })}
      description={t('tags.merge.text', { name: tag.name })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={winner_id === null}
            loading={merge.isPending}
            onClick={() => void submit()}
          >
            {t('tags.merge.confirm')}
          </Button>
        </>
      }
    >
      <Combobox
        label={t('tags.merge.into')}
        placeholder={t('tags.merge.into')}
        searchPlaceholder={t('tags.search')}
        value={winner_id}
        options={tags.filter(({ id }) => id !== tag.id).map(tagOption)}
        onChange={setWinner}
      />
    </Dialog>
  )
}
