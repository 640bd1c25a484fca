import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery } from '../members/api.ts'
import { channelsQuery } from './api.ts'
import { draftsQuery } from './useDraft.ts'

const lazy = async () => ({ Component: (await import('./ChatPage.tsx')).ChatPage })

/** Who is who and what was begun is known before a conversation opens; the page itself tells what else fails. */
const loader = withSession(async () => {
  await Promise.allSettled([
    holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
    holds('chat:read') ? queryClient.ensureQueryData(channelsQuery) : undefined,
    holds('chat:write') ? queryClient.fetchQuery({ ...draftsQuery, staleTime: 10_000 }) : undefined,
  ])
})

export const chatRoutes: RouteObject[] = [
  { path: `${paths.chat}/:id?`, loader, shouldRevalidate: () => false, lazy },
]
