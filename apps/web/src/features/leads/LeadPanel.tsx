import type { Lead } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import {
  ChevronDown,
  ChevronUp,
  Ellipsis,
  HandHeart,
  Link2,
  Maximize2,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { leadQuery, leadStore } from './api.ts'
import { ConsentSection } from '../privacy/ConsentSection.tsx'
import { PersonDialog } from '../privacy/PersonDialog.tsx'
import { LeadContacts } from './LeadContacts.tsx'
import { LeadFields } from './LeadFields.tsx'
import { RecordTimeline } from '../records/RecordTimeline.tsx'
import { LeadTitle } from './LeadTitle.tsx'
import { useTrashLead } from './useTrashLead.ts'

export type LeadPanelProps = {
  id: string | null
  onClose: () => void
  /** Absent at the ends of the list, and where there is no list. */
  onNext?: (() => void) | undefined
  onPrevious?: (() => void) | undefined
}

/** A lead beside its list: the list stays usable, and Esc closes only this. */
export function LeadPanel({ id, onClose, onNext, onPrevious }: LeadPanelProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('leads.title')}
      actions={
        id === null ? null : (
          <>
            <IconButton
              icon={ChevronUp}
              label={t('leads.action.previous')}
              disabled={!onPrevious}
              onClick={onPrevious}
            />
            <IconButton
              icon={ChevronDown}
              label={t('leads.action.next')}
              disabled={!onNext}
              onClick={onNext}
            />
            <IconButton
              icon={Maximize2}
              label={t('leads.action.open_page')}
              onClick={() => void navigate(paths.lead(id))}
            />
            <LeadMenu id={id} onGone={onClose} />
          </>
        )
      }
    >
      {id === null ? null : <PanelBody key={id} id={id} />}
    </Sheet>
  )
}

function PanelBody({ id }: { id: string }) {
  const describe = useDescribeProblem()
  const query = useQuery(leadQuery(id))
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (!query.data) return <LeadSkeleton />
  return (
    <div className="flex flex-col gap-6 px-4 py-4">
      <LeadTitle lead={query.data} />
      <TrashBanner lead={query.data} />
      <LeadFields lead={query.data} />
      <LeadContacts id={id} readOnly={!query.data.can.update || query.data.deleted_at !== null} />
      <ConsentSection object="lead" id={id} readOnly={!query.data.can.update} />
      <RecordTimeline object="lead" store={leadStore} id={id} readOnly={!query.data.can.update} />
    </div>
  )
}

export function LeadSkeleton() {
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <Skeleton className="h-7 w-2/3" />
      {Array.from({ length: 8 }, (_, line) => (
        <Skeleton key={line} className="h-6 w-full" />
      ))}
    </div>
  )
}

export function TrashBanner({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  return lead.deleted_at === null ? null : <Banner kind="info">{t('leads.trashed_banner')}</Banner>
}

export function LeadMenu({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation()
  const { data: lead } = useQuery(leadQuery(id))
  const { trash, restore } = useTrashLead()
  const mayManagePrivacy = useMay('privacy:manage')
  const [asking, setAsking] = useState(false)
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(paths.lead(id), location.href).href)
    notify.success(t('leads.toast.link_copied'))
  }
  if (!lead) return null
  return (
    <>
      <PersonDialog open={asking} onOpenChange={setAsking} record={{ object: 'lead', id }} />
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('common.action.more')} />}>
        <MenuItem icon={Link2} onSelect={() => void copyLink()}>
          {t('leads.action.copy_link')}
        </MenuItem>
        {mayManagePrivacy ? (
          <MenuItem icon={HandHeart} onSelect={() => setAsking(true)}>
            {t('privacy.person.menu')}
          </MenuItem>
        ) : null}
        {!lead.can.delete ? null : lead.deleted_at === null ? (
          <MenuItem
            icon={Trash2}
            danger
            onSelect={() => {
              onGone()
              void trash([lead])
            }}
          >
            {t('leads.action.delete')}
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onSelect={() => void restore([lead])}>
            {t('leads.action.restore')}
          </MenuItem>
        )}
      </Menu>
    </>
  )
}
