import type { TaskLink } from '@rapport/contracts'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { RelatedName } from '../records/RelatedName.tsx'

/** What the links of a task led to, as a timeline tells it. */
export function LinkNames({ links }: { links: unknown }) {
  const { t } = useTranslation()
  const known = links as readonly TaskLink[]
  if (known.length === 0) return <>{t('records.timeline.empty_value')}</>
  return known.map(({ object, id }, place) => (
    <Fragment key={id}>
      {place > 0 ? ', ' : null}
      <RelatedName object={object} id={id} />
    </Fragment>
  ))
}
