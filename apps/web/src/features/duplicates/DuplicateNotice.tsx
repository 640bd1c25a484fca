import { useQuery } from '@tanstack/react-query'
import { Combine, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { may, useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'
import { duplicatesOfQuery, undoMerge } from './api.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { Reasons } from './Reasons.tsx'

/** What else the record may be: other records that are probably the same, or the one that it lives on in. */
export function DuplicateNotice({ kind, record }: { kind: RecordKind; record: ListedRecord }) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useQuery(duplicatesOfQuery(kind, record.id))
  const [comparing, setComparing] = useState<string | null>(null)
  if (!data) return null
  if (data.merged_into) return <MergedInto kind={kind} winner={data.merged_into} merge_id={data.merge_id} />
  if (record.deleted_at !== null || data.items.length === 0) return null
  const mayMerge = record.can.update && may(me, `${kind.many}:delete`)
  return (
    <section
      aria-label={t('duplicates.title')}
      className="flex flex-col gap-2 rounded-base border border-line bg-sunken px-3 py-2"
    >
      <h3 className="text-12 font-medium text-muted">{t('duplicates.of', { count: data.items.length })}</h3>
      <ul className="flex flex-col gap-2">
        {data.items.map(({ id, name, reasons }) => (
          <li key={id} className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <Link to={kind.pathOf(id)} className="block truncate text-13 hover:underline">
                {name || t('duplicates.unnamed')}
              </Link>
              <Reasons object={kind.object} reasons={reasons.slice(0, 3)} />
            </div>
            {mayMerge ? (
              <Button size="small" icon={Combine} onClick={() => setComparing(id)}>
                {t('duplicates.compare')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {comparing === null ? null : (
        <MergeDialog kind={kind} ids={[record.id, comparing]} onClose={() => setComparing(null)} />
      )}
    </section>
  )
}

type MergedProps = { kind: RecordKind; winner: { id: string; name: string }; merge_id: string | null }

function MergedInto({ kind, winner, merge_id }: MergedProps) {
  const { t } = useTranslation()
  const me = useMe()
  const describe = useDescribeProblem()
  const [busy, setBusy] = useState(false)
  const takeBack = async (id: string) => {
    setBusy(true)
    try {
      await undoMerge(id)
      notify.success(t('duplicates.merge.taken_back'))
    } catch (error) {
      notify.problem(t('duplicates.merge.not_taken_back'), describe(error))
    }
    setBusy(false)
  }
  return (
    <section
      aria-label={t('duplicates.title')}
      className="flex items-center gap-2 rounded-base border border-line bg-sunken px-3 py-2 text-13"
    >
      <p className="min-w-0 flex-1">
        {t('duplicates.merged_into')}{' '}
        <Link to={kind.pathOf(winner.id)} className="font-medium hover:underline">
          {winner.name || t('duplicates.unnamed')}
        </Link>
      </p>
      {merge_id !== null && may(me, `${kind.many}:delete`) ? (
        <Button size="small" icon={Undo2} loading={busy} onClick={() => void takeBack(merge_id)}>
          {t('duplicates.merge.undo')}
        </Button>
      ) : null}
    </section>
  )
}
