import type { Duplicate } from '@rapport/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CopyCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { queryClient } from '../../app/queryClient.ts'
import { useMe, may } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { isMoving, jobQuery } from '../bulk/api.ts'
import { useKinds, type RecordKind } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { decide, duplicatesQuery, scan } from './api.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { PairRow } from './PairRow.tsx'

const none: Duplicate[] = []

/** Pairs that are probably the same, one kind of record at a time: merged, or said to be two. */
export function DuplicatesPage() {
  const { t } = useTranslation()
  const me = useMe()
  const { wordOf } = useKindWords()
  const kinds = useKinds().filter(({ many }) => may(me, `${many}:read`))
  const [params, setParams] = useSearchParams()
  const kind = kinds.find(({ object }) => object === params.get('object')) ?? kinds[0]
  if (!kind) return <Page title={t('duplicates.title')}>{null}</Page>
  return (
    <Page
      title={t('duplicates.title')}
      actions={<ScanButton key={kind.object} kind={kind} />}
      toolbar={
        <Select
          size="small"
          label={t('duplicates.object')}
          className="w-44!"
          value={kind.object}
          options={kinds.map((one) => ({ value: one.object, label: wordOf(one, 'title') }))}
          onChange={(object) => setParams({ object }, { replace: true })}
        />
      }
    >
      <p className="pt-2 pb-3 text-13 text-muted">{t('duplicates.intro')}</p>
      <Pairs key={kind.object} kind={kind} />
    </Page>
  )
}

/** Looks through all records; what it finds shows as soon as it is done. */
function ScanButton({ kind }: { kind: RecordKind }) {
  const { t } = useTranslation()
  const me = useMe()
  const describe = useDescribeProblem()
  const [job_id, setJob] = useState<string | null>(null)
  const job = useQuery({ ...jobQuery(job_id ?? ''), enabled: job_id !== null }).data
  const looking = job_id !== null && (!job || isMoving(job))
  const state = job?.state
  useEffect(() => {
    if (state === 'completed') void queryClient.invalidateQueries({ queryKey: ['duplicates'] })
    if (state === 'failed') notify.problem(t('duplicates.not_scanned'))
  }, [state, t])
  if (!may(me, `${kind.many}:update`)) return null
  const start = () =>
    scan(kind.object).then(setJob, (error: unknown) =>
      notify.problem(t('duplicates.not_scanned'), describe(error)),
    )
  return (
    <Button variant="primary" loading={looking} onClick={() => void start()}>
      {t('duplicates.scan')}
    </Button>
  )
}

function Pairs({ kind }: { kind: RecordKind }) {
  const { t } = useTranslation()
  const me = useMe()
  const describe = useDescribeProblem()
  const query = useInfiniteQuery(duplicatesQuery(kind.object))
  const pairs = query.data?.pages.flatMap(({ items }) => items) ?? none
  const [at, setAt] = useState(0)
  const [comparing, setComparing] = useState<Duplicate | null>(null)
  const mayMerge = may(me, `${kind.many}:update`) && may(me, `${kind.many}:delete`)
  const place = Math.min(at, Math.max(pairs.length - 1, 0))
  const current = pairs[place]
  const dismiss = async ({ id }: Duplicate) => {
    try {
      await decide(id, 'dismiss')
      notify.undoable(t('duplicates.dismissed'), () => void decide(id, 'reopen'))
    } catch (error) {
      notify.problem(t('duplicates.not_dismissed'), describe(error))
    }
  }
  const group = t('duplicates.title')
  useHotkeys(
    [
      {
        keys: 'j',
        label: t('duplicates.next'),
        group,
        run: () => setAt(Math.min(place + 1, pairs.length - 1)),
      },
      { keys: 'k', label: t('duplicates.previous'), group, run: () => setAt(Math.max(place - 1, 0)) },
      { keys: 'm', label: t('duplicates.compare'), group, run: () => setComparing(current ?? null) },
      {
        keys: 'x',
        label: t('duplicates.dismiss'),
        group,
        run: () => (current ? void dismiss(current) : undefined),
      },
    ],
    mayMerge && current !== undefined && comparing === null,
  )
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton className="h-40 w-full" />
  if (!current)
    return <EmptyState icon={CopyCheck} title={t('duplicates.empty')} text={t('duplicates.empty_text')} />
  return (
    <>
      <ul className="flex flex-col border-t border-line" aria-label={t('duplicates.title')}>
        {pairs.map((pair, index) => (
          <PairRow
            key={pair.id}
            kind={kind}
            pair={pair}
            current={index === place}
            mayMerge={mayMerge}
            onCompare={() => setComparing(pair)}
            onDismiss={() => void dismiss(pair)}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          className="mt-3"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('duplicates.more')}
        </Button>
      ) : null}
      {comparing ? (
        <MergeDialog key={comparing.id} kind={kind} ids={comparing.ids} onClose={() => setComparing(null)} />
      ) : null}
    </>
  )
}
