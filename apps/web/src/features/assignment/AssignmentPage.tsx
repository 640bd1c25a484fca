import { assignedObjects, type AssignedObject, type AssignmentRule } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { SortableList } from '../../ui/SortableList.tsx'
import { useKindWords } from '../records/useKindWords.ts'
import { AbsenceList } from './AbsenceList.tsx'
import { rulesQuery, useChangeRule } from './api.ts'
import { RuleDialog } from './RuleDialog.tsx'
import { RuleRow } from './RuleRow.tsx'

type Editing = { object: AssignedObject; rule: AssignmentRule | null }

/** Who gets new records, object by object, in the order in which the rules are asked. */
export function AssignmentPage() {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const describe = useDescribeProblem()
  const { data: rules } = useSuspenseQuery(rulesQuery)
  const mayManage = useMay('assignment:manage')
  const change = useChangeRule()
  const [editing, setEditing] = useState<Editing | null>(null)
  const move = (id: string, position: number) =>
    change.mutate(
      { id, position },
      { onError: (error) => notify.problem(t('common.problem.title'), describe(error)) },
    )
  return (
    <Page title={t('assignment.title')}>
      <div className="flex flex-col gap-6">
        <p className="text-13 text-muted">{t('assignment.intro')}</p>
        {mayManage ? null : <Banner kind="info">{t('assignment.read_only')}</Banner>}
        {assignedObjects.map((object) => {
          const own = rules.filter((rule) => rule.object === object)
          const title = wordOf({ object }, 'title')
          return (
            <section key={object} aria-label={title} className="flex flex-col gap-1">
              <div className="flex min-h-control items-center justify-between border-b border-line pb-1">
                <h2 className="text-13 font-semibold">{title}</h2>
                {mayManage ? (
                  <Button
                    size="small"
                    variant="ghost"
                    icon={Plus}
                    onClick={() => setEditing({ object, rule: null })}
                  >
                    {t('assignment.add')}
                    <span className="sr-only">: {title}</span>
                  </Button>
                ) : null}
              </div>
              {own.length === 0 ? (
                <p className="py-1 text-13 text-muted">{t('assignment.none')}</p>
              ) : (
                <SortableList
                  items={own}
                  idOf={({ id }) => id}
                  nameOf={({ name }) => name}
                  label={title}
                  disabled={!mayManage}
                  onMove={move}
                >
                  {(rule, handle) => (
                    <RuleRow
                      rule={rule}
                      handle={handle}
                      readOnly={!mayManage}
                      onEdit={() => setEditing({ object, rule })}
                    />
                  )}
                </SortableList>
              )}
            </section>
          )
        })}
        <AbsenceList />
      </div>
      {editing ? (
        <RuleDialog
          key={editing.rule?.id ?? 'new'}
          object={editing.object}
          rule={editing.rule}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </Page>
  )
}
