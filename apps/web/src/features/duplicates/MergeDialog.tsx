import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCell } from '../../ui/table/cellValue.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'
import { useFields } from '../records/useFields.ts'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import { useTitleOf } from '../records/useTitleOf.ts'
import { mergeRecords, undoMerge } from './api.ts'
import { differingColumns, firstWinner, holderOf, valuesOf, type Choice } from './choose.ts'
import { Question } from './Question.tsx'

type Props = { kind: RecordKind; ids: readonly string[]; onClose: () => void }

/** Side by side what differs: which record stays, and whose value each field gets. */
export function MergeDialog({ kind, ids, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const queries = useQueries({ queries: ids.map((id) => kind.store.recordQuery(id)) })
  const failed = queries.find(({ isError }) => isError)
  const records = queries.flatMap(({ data }) => data ?? [])
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('duplicates.merge.title')}
      description={t('duplicates.merge.text')}
    >
      {failed ? (
        <p role="alert" className="pb-4 text-13 text-danger-ink">
          {describe(failed.error)}
        </p>
      ) : records.length === ids.length ? (
        <MergeForm kind={kind} records={records} onClose={onClose} />
      ) : (
        <Skeleton className="mb-4 h-40 w-full" />
      )}
    </Dialog>
  )
}

type FormProps = { kind: RecordKind; records: readonly ListedRecord[]; onClose: () => void }

function MergeForm({ kind, records, onClose }: FormProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const format = useFormat()
  const titleOf = useTitleOf(kind)
  const fields = useFields(kind.object)
  const { columns } = useRecordColumns(kind)
  const [winner_id, setWinner] = useState(() => firstWinner(records))
  const [chosen, setChosen] = useState<Choice>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const differing = differingColumns(columns, fields, records)
  const takeBack = (id: string) =>
    undoMerge(id).then(
      () => notify.success(t('duplicates.merge.taken_back')),
      (error: unknown) => notify.problem(t('duplicates.merge.not_taken_back'), describe(error)),
    )
  const submit = async () => {
    setBusy(true)
    try {
      const values = valuesOf({ records, columns: differing, winner_id, chosen })
      const ids = records.map(({ id }) => id)
      const { merge_id, winner } = await mergeRecords(kind, { ids, winner_id, values })
      notify.undoable(t('duplicates.merge.done', { name: winner.name }), () => void takeBack(merge_id))
      onClose()
    } catch (error) {
      setProblem(describe(error))
      setBusy(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Question
        label={t('duplicates.merge.winner')}
        value={winner_id}
        onChange={setWinner}
        choices={records.map((record) => ({
          value: record.id,
          label: titleOf(record) || t('duplicates.unnamed'),
          text: t('duplicates.merge.made', { when: format.date(String(record['created_at'])) }),
        }))}
      />
      {differing.length === 0 ? <p className="text-13 text-muted">{t('duplicates.merge.alike')}</p> : null}
      {differing.map((column) => (
        <Question
          key={column.id}
          label={column.header}
          value={chosen[column.id] ?? holderOf(column, records, winner_id)}
          onChange={(id) => setChosen((known) => ({ ...known, [column.id]: id }))}
          choices={records.map((record) => ({
            value: record.id,
            label: formatCell(column, record, format) || t('duplicates.merge.empty'),
          }))}
        />
      ))}
      {problem === null ? null : (
        <p role="alert" className="text-12 text-danger-ink">
          {problem}
        </p>
      )}
      <div className="sticky bottom-0 flex justify-end gap-2 bg-raised pt-2 pb-3">
        <Button variant="ghost" onClick={onClose}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={busy}>
          {t('duplicates.merge.submit')}
        </Button>
      </div>
    </form>
  )
}
