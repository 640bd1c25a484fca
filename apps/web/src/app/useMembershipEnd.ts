import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { noticeEndedMembership, onMembershipEnd } from './membershipEnd.ts'
import { paths } from './paths.ts'
import { useEvents } from './realtime.ts'
import { useMe } from './session.ts'

/** A membership that ends takes its data off the screen at once; where it leads, all that was read is forgotten. */
export function useMembershipEnd(): void {
  const navigate = useNavigate()
  const { user, organization } = useMe()
  useEffect(() => {
    let out = false
    return onMembershipEnd(() => {
      if (out) return
      out = true
      void navigate(paths.outside, { replace: true, state: { organization: organization.name } })
    })
  }, [navigate, organization.name])
  useEvents((event) => {
    // Within seconds the server also refuses whatever is asked; this is sooner.
    if (event.type === 'member.removed' && event.record.id === user.id) noticeEndedMembership()
  })
}
