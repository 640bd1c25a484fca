import { useInfiniteQuery } from '@tanstack/react-query'
import { BellOff, CheckCheck, Settings } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { listQuery, useHead, type Show } from './api.ts'
import { GroupRow } from './GroupRow.tsx'
import { useMarking } from './useMarking.ts'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

const shows = ['all', 'unread', 'mentions'] as const

/** Everything one was told, by what it is about. */
export function NotificationCentre({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [show, setShow] = useState<Show>('all')
  const unread = useHead()?.unread ?? 0
  const mark = useMarking()
  const leave = (path: string) => {
    onOpenChange(false)
    void navigate(path)
  }
  return (
    <Sheet
      modal
      open={open}
      onOpenChange={onOpenChange}
      title={t('notifications.title')}
      actions={
        <>
          <IconButton
            icon={CheckCheck}
            label={t('notifications.mark_all')}
            disabled={unread === 0}
            onClick={() => mark({ all: true })}
          />
          <IconButton
            icon={Settings}
            label={t('notifications.settings.title')}
            onClick={() => leave(paths.notifications)}
          />
        </>
      }
    >
      <Tabs
        label={t('notifications.show.label')}
        value={show}
        onChange={setShow}
        className="pt-1 *:first:px-2"
        tabs={shows.map((value) => ({
          value,
          label: t(`notifications.show.${value}`),
          panel: <GroupList show={value} onOpen={leave} />,
        }))}
      />
    </Sheet>
  )
}

function GroupList({ show, onOpen }: { show: Show; onOpen: (path: string) => void }) {
  const { t } = useTranslation()
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    listQuery(show),
  )
  const groups = data?.pages.flatMap(({ items }) => items)
  if (isError && !groups)
    return <ErrorState title={t('common.problem.title')} onRetry={() => void refetch()} />
  if (!groups) return <SkeletonRows rows={6} label={t('common.state.loading')} />
  if (groups.length === 0)
    return (
      <EmptyState
        icon={BellOff}
        title={t(`notifications.empty.${show}`)}
        text={t('notifications.empty.text')}
      />
    )
  return (
    <>
      <ul className="flex flex-col">
        {groups.map((group) => (
          <GroupRow key={`${group.object} ${group.record_id}`} group={group} onOpen={onOpen} />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="flex justify-center py-3">
          <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('notifications.more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
