import type { Team } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { teamsQuery } from '../members/api.ts'
import { DeleteTeamDialog } from './DeleteTeamDialog.tsx'
import { TeamDialog } from './TeamDialog.tsx'
import { TeamRow } from './TeamRow.tsx'

type Asking = { what: 'edit'; team: Team | null } | { what: 'delete'; team: Team }

export function TeamsPage() {
  const { t } = useTranslation()
  const { data: teams } = useSuspenseQuery(teamsQuery)
  const mayManage = useMay('teams:manage')
  const [asking, setAsking] = useState<Asking | null>(null)
  const newTeam = mayManage ? (
    <Button variant="primary" icon={Plus} onClick={() => setAsking({ what: 'edit', team: null })}>
      {t('teams.new')}
    </Button>
  ) : null
  return (
    <Page title={t('teams.title')} actions={teams.length > 0 ? newTeam : null}>
      {teams.length === 0 ? (
        <EmptyState icon={UsersRound} title={t('teams.empty')} text={t('teams.intro')} actions={newTeam} />
      ) : (
        <>
          <p className="pb-3 text-13 text-muted">{t('teams.intro')}</p>
          <ul className="flex flex-col border-t border-line" aria-label={t('teams.title')}>
            {teams.map((team) => (
              <TeamRow
                key={team.id}
                team={team}
                readOnly={!mayManage}
                onEdit={() => setAsking({ what: 'edit', team })}
                onDelete={() => setAsking({ what: 'delete', team })}
              />
            ))}
          </ul>
        </>
      )}
      <TeamDialog
        open={asking?.what === 'edit'}
        team={asking?.what === 'edit' ? asking.team : null}
        onClose={() => setAsking(null)}
      />
      {asking?.what === 'delete' ? (
        <DeleteTeamDialog team={asking.team} onClose={() => setAsking(null)} />
      ) : null}
    </Page>
  )
}
