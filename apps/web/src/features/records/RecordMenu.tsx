import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft, Ellipsis, HandHeart, History, Link2, RotateCcw, Trash2 } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { usePaletteGroup } from '../../ui/paletteGroups.ts'
import { ConvertDialog } from '../conversion/ConvertDialog.tsx'
import { OwnersDialog } from '../timeline/OwnersDialog.tsx'
import { useFollowAction } from '../notifications/useFollowAction.ts'
import { PersonDialog } from '../privacy/PersonDialog.tsx'
import type { RecordKind } from './kinds.ts'
import { useFields } from './useFields.ts'
import type { ListedRecord } from './stores.ts'
import { useTrashRecord } from './useTrashRecord.ts'
import { useKindWords } from './useKindWords.ts'
import { useTitleOf } from './useTitleOf.ts'

type Action = { id: string; label: string; icon: LucideIcon; danger?: boolean; run: () => void }
type Props = { kind: RecordKind; id: string; onGone: () => void }

/** What else can be done with a record, here and from the palette. */
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
  const titleOf = useTitleOf(kind)
  const following = useFollowAction(kind.object, id)
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(kind.pathOf(id), location.href).href)
    notify.success(t('records.toast.link_copied'))
  }
  const actionsOf = (shown: ListedRecord): Action[] => [
    { id: 'link', label: t('records.action.copy_link'), icon: Link2, run: () => void copyLink() },
    ...(following && shown.deleted_at === null ? [following] : []),
    ...(kind.object === 'lead' &&
    shown.can.update &&
    shown.deleted_at === null &&
    shown['status'] !== 'converted'
      ? [{ id: 'convert', label: t('conversion.open'), icon: ArrowRightLeft, run: () => setConverting(true) }]
      : []),
    ...(seesOwner
      ? [{ id: 'owners', label: t('timeline.owners.title'), icon: History, run: () => setTracing(true) }]
      : []),
    ...(mayManagePrivacy && kind.person
      ? [{ id: 'privacy', label: t('privacy.person.menu'), icon: HandHeart, run: () => setAsking(true) }]
      : []),
    ...(!shown.can.delete
      ? []
      : [
          shown.deleted_at === null
            ? {
                id: 'delete',
                label: wordOf(kind, 'delete'),
                icon: Trash2,
                danger: true,
                run: () => {
                  onGone()
                  void trash(shown)
                },
              }
            : {
                id: 'restore',
                label: t('records.action.restore'),
                icon: RotateCcw,
                run: () => void restore(shown),
              },
        ]),
  ]
  const actions = record ? actionsOf(record) : []
  usePaletteGroup({ id: 'record', heading: record ? titleOf(record) : '', items: actions })
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
        {actions.map(({ id: action, label, icon, danger = false, run }) => (
          <MenuItem key={action} icon={icon} danger={danger} onSelect={run}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
