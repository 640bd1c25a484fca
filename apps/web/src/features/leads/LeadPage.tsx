import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Page } from '../../ui/Page.tsx'
import { leadQuery, leadStore } from './api.ts'
import { ConsentSection } from '../privacy/ConsentSection.tsx'
import { LeadContacts } from './LeadContacts.tsx'
import { LeadFields } from './LeadFields.tsx'
import { LeadMenu, TrashBanner } from './LeadPanel.tsx'
import { RecordTimeline } from '../records/RecordTimeline.tsx'
import { LeadTitle } from './LeadTitle.tsx'

/** A lead by its link. Its loader has fetched it, so there is always a lead to show. */
export function LeadPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id = '' } = useParams()
  const { data: lead } = useSuspenseQuery(leadQuery(id))
  const around = <LeadContacts id={id} readOnly={!lead.can.update || lead.deleted_at !== null} />
  return (
    <Page
      title={lead.full_name}
      layout="fill"
      actions={<LeadMenu id={id} onGone={() => void navigate(paths.leads)} />}
    >
      <div className="grid min-h-0 flex-1 overflow-y-auto md:grid-cols-[22rem_1fr] md:overflow-hidden xl:grid-cols-[22rem_1fr_20rem]">
        <aside
          aria-label={t('leads.section.details')}
          className="flex flex-col gap-6 border-line px-4 py-4 md:overflow-y-auto md:border-r"
        >
          <LeadTitle lead={lead} />
          <TrashBanner lead={lead} />
          <LeadFields lead={lead} />
          <div className="xl:hidden">{around}</div>
          <ConsentSection object="lead" id={id} readOnly={!lead.can.update} />
        </aside>
        <div className="px-4 py-4 md:overflow-y-auto md:px-8">
          <div className="max-w-2xl">
            <RecordTimeline object="lead" store={leadStore} id={id} readOnly={!lead.can.update} />
          </div>
        </div>
        <aside
          aria-label={t('records.section.related')}
          className="hidden overflow-y-auto border-l border-line px-4 py-4 xl:block"
        >
          {around}
        </aside>
      </div>
    </Page>
  )
}
