import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft, Ellipsis, HandHeart, History, Link2, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { ConvertDialog } from '../conversion/ConvertDialog.tsx'
import { OwnersDialog } from '../timeline/OwnersDialog.tsx'
import { PersonDialog } from '../privacy/PersonDialog.tsx'
import type { RecordKind } from './kinds.ts'
import { useFields } from './useFields.ts'
import { useTrashRecord } from './useTrashRecord.ts'
import { useKindWords } from './useKindWords.ts'

type Props = { kind: RecordKind; id: string; onGone: () => void }

/** What else can be done with a record. */
export function RecordMenu({ kind, id, onGone }: Props) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const { data: record } = useQuery(kind.store.recordQuery(id))
  const { trash, restore } = useTrashRecord(kind)
  const mayManagePrivacy = useMay('privacy:manage')
  const [asking, setAsking] = useState(false)
  const [converting, setConverting] = useState(false)
  const [tracing, setTracing] = useState(false)
  const fields = useFields(kind.object)
  const seesOwner = useFieldAccess(kind.object).sees('owner_id') && fields.has('owner_id')
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(kind.pathOf(id), location.href).href)
    notify.success(t('records.toast.link_copied'))
  }
  if (!record) return null
  return (
    <>
      {kind.person ? (
        <PersonDialog open={asking} onOpenChange={setAsking} record={{ object: kind.person, id }} />
      ) : null}
      {converting ? <ConvertDialog lead={record} onClose={() => setConverting(false)} /> : null}
      {tracing ? (
        <OwnersDialog
          record={{ object: kind.object, id }}
          title={String(record[kind.title])}
          onClose={() => setTracing(false)}
        />
      ) : null}
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('common.action.more')} />}>
        <MenuItem icon={Link2} onSelect={() => void copyLink()}>
          {t('records.action.copy_link')}
        </MenuItem>
        {kind.object === 'lead' &&
        record.can.update &&
        record.deleted_at === null &&
        record['status'] !== 'converted' ? (
          <MenuItem icon={ArrowRightLeft} onSelect={() => setConverting(true)}>
            {t('conversion.open')}
          </MenuItem>
        ) : null}
        {seesOwner ? (
          <MenuItem icon={History} onSelect={() => setTracing(true)}>
            {t('timeline.owners.title')}
          </MenuItem>
        ) : null}
        {mayManagePrivacy && kind.person ? (
          <MenuItem icon={HandHeart} onSelect={() => setAsking(true)}>
            {t('privacy.person.menu')}
          </MenuItem>
        ) : null}
        {!record.can.delete ? null : record.deleted_at === null ? (
          <MenuItem
            icon={Trash2}
            danger
            onSelect={() => {
              onGone()
              void trash(record)
            }}
          >
            {wordOf(kind, 'delete')}
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onSelect={() => void restore(record)}>
            {t('records.action.restore')}
          </MenuItem>
        )}
      </Menu>
    </>
  )
}
