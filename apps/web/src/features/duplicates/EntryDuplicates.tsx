import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RecordKind } from '../records/kinds.ts'
import type { Values } from '../records/stores.ts'
import { entryQuery } from './api.ts'
import { Reasons } from './Reasons.tsx'

/** Whoever types is not asked about after every letter. */
const pause_ms = 250

const nothing = JSON.stringify({ values: {} })

/** Who may be there already, below what is being typed. */
export function EntryDuplicates({ kind, values }: { kind: RecordKind; values: Values }) {
  const { t } = useTranslation()
  const typed = JSON.stringify({ values })
  const [settled, setSettled] = useState(nothing)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), pause_ms)
    return () => clearTimeout(timer)
  }, [typed])
  const { data = [] } = useQuery(entryQuery(kind, settled))
  return (
    <output className="block" aria-label={t('duplicates.entry')}>
      {data.length === 0 ? null : (
        <div className="flex flex-col gap-1 rounded-base border border-line bg-sunken px-3 py-2">
          <p className="text-12 font-medium text-muted">{t('duplicates.entry')}</p>
          <ul className="flex flex-col gap-1">
            {data.map(({ id, name, reasons }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-3">
                <Link to={kind.pathOf(id)} target="_blank" className="truncate text-13 hover:underline">
                  {name || t('duplicates.unnamed')}
                </Link>
                <Reasons object={kind.object} reasons={reasons.filter(({ weight }) => weight > 0)} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </output>
  )
}
