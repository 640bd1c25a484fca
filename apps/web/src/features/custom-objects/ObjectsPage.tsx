import type { CustomObject } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Boxes, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { SortableList } from '../../ui/SortableList.tsx'
import { customObjectsQuery, useChangeObject } from './api.ts'
import { ObjectDialog } from './ObjectDialog.tsx'
import { ObjectRow } from './ObjectRow.tsx'
import { useObjectProblem } from './useObjectProblem.ts'

/** The objects that the organization made, in the order of the sidebar. */
export function ObjectsPage() {
  const { t } = useTranslation()
  const explain = useObjectProblem()
  const { data: objects } = useSuspenseQuery(customObjectsQuery)
  const change = useChangeObject()
  const [editing, setEditing] = useState<CustomObject | 'new' | null>(null)
  const live = objects.filter(({ retired }) => !retired)
  const retired = objects.filter((object) => object.retired)
  const newObject = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('customObjects.new')}
    </Button>
  )
  return (
    <Page title={t('customObjects.title')} actions={newObject}>
      <p className="pb-3 text-13 text-muted">{t('customObjects.intro')}</p>
      {live.length === 0 ? (
        <EmptyState
          className="py-10"
          icon={Boxes}
          title={t('customObjects.empty')}
          text={t('customObjects.empty_text')}
          actions={newObject}
        />
      ) : (
        <SortableList
          label={t('customObjects.own')}
          items={live}
          idOf={({ id }) => id}
          nameOf={({ label_many }) => label_many}
          onMove={(id, to) => {
            const object = live.find((one) => one.id === id)
            const there = live[to]
            if (!object || !there) return
            // Places count the retired ones, too.
            const position = objects.indexOf(there)
            change.mutate(
              { object, change: { position } },
              { onError: (error) => notify.problem(t('common.problem.title'), explain(error)) },
            )
          }}
        >
          {(object, handle) => (
            <ObjectRow object={object} handle={handle} onEdit={() => setEditing(object)} />
          )}
        </SortableList>
      )}
      {retired.length > 0 ? (
        <section aria-label={t('customObjects.retired')} className="pt-6">
          <h2 className="text-12 font-semibold text-muted">{t('customObjects.retired')}</h2>
          <p className="pb-1 text-12 text-muted">{t('customObjects.retired_text')}</p>
          <ul>
            {retired.map((object) => (
              <li key={object.id}>
                <ObjectRow object={object} handle={null} onEdit={() => setEditing(object)} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <ObjectDialog editing={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}
