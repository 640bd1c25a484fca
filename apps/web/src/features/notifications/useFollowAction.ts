import { useQuery } from '@tanstack/react-query'
import { BellOff, BellPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { follow, followingQuery } from './api.ts'

/** Following a record, or following it no more, as an entry of its menu; null until it is known which. */
export function useFollowAction(object: string, id: string) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { data } = useQuery(followingQuery(object, id))
  if (!data) return null
  const { following } = data
  const run = () =>
    void follow(object, id, !following).then(
      () => notify.success(t(following ? 'notifications.unfollowed' : 'notifications.followed')),
      (error: unknown) => notify.problem(t('common.problem.title'), describe(error)),
    )
  return {
    id: 'follow',
    label: t(following ? 'notifications.unfollow' : 'notifications.follow'),
    icon: following ? BellOff : BellPlus,
    run,
  }
}
