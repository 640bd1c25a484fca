/**
 * What one may do has changed, perhaps: asks again, and reads anew what is on screen when it has. What was read by the
 * former permissions and is not on screen is forgotten, since it may hold what one may not see any more.
 */
import type { Me } from '@rapport/contracts'
import type { Query } from '@tanstack/react-query'
import { isProblem } from '../ui/problem.ts'
import { queryClient } from './queryClient.ts'
import { ME_KEY } from './rapport.ts'
import { meQuery } from './session.ts'

const spacing_ms = 150
let waiting: ReturnType<typeof setTimeout> | undefined

/** After a burst of changes once. */
export function noticeAccessChange(): void {
  waiting ??= setTimeout(() => {
    waiting = undefined
    void readAccess()
  }, spacing_ms)
}

const accessOf = (me: Me | undefined): string =>
  JSON.stringify(me && [me.role, me.permissions, me.features, me.field_rules, me.team_user_ids])

const isAboutRecords = ({ queryKey }: Pick<Query, 'queryKey'>) =>
  queryKey[0] !== ME_KEY[0] && queryKey[0] !== 'meta'

/** A refusal leaves what was read before on screen; here that must go. */
const isRefused = ({ state }: Pick<Query, 'state'>) => isProblem(state.error) && state.error.status < 500

async function readAccess(): Promise<void> {
  const before = accessOf(queryClient.getQueryData<Me>(ME_KEY))
  const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined)
  if (me === undefined || accessOf(me) === before) return
  queryClient.removeQueries({ type: 'inactive', predicate: isAboutRecords })
  await queryClient.invalidateQueries({ predicate: isAboutRecords })
  await queryClient.resetQueries({ predicate: (query) => isAboutRecords(query) && isRefused(query) })
}
