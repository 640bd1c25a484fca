/** What people do with their own account: proving the address, getting back in, settings, sessions. */
import { z } from 'zod'
import { Password } from './identity.ts'
import { operation } from './operation.ts'
import { Preferences } from './preferences.ts'
import { Email, Id, IdParams, Timestamp } from './shared.ts'

const PreferenceChange = z.strictObject({
  ...Preferences.partial().shape,
  time_zone: z.string().max(64).optional(),
})

/** One log-in of the person, on one device. */
export const UserSession = z.object({
  id: Id,
  /** Whether this very request belongs to it. */
  current: z.boolean(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  /** Made from `user_agent`, null when it is not told there: “Firefox”, “Android”. */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  created_at: Timestamp,
  /** To about an hour. */
  last_used_at: Timestamp,
  expires_at: Timestamp,
})
export type UserSession = z.infer<typeof UserSession>

const Token = z.string().min(1).max(200)

export const account = {
  verifyEmail: operation({
    method: 'POST',
    path: '/auth/verify-email',
    summary: 'Prove the e-mail address with the token that was mailed to it',
    body: z.strictObject({ token: Token }),
    status: 204,
  }),
  resendVerification: operation({
    method: 'POST',
    path: '/auth/resend-verification',
    summary: 'Mail the link that proves your address again',
    status: 202,
  }),
  requestPasswordReset: operation({
    method: 'POST',
    path: '/auth/request-password-reset',
    summary: 'Mail a link for a new password; the answer is the same for every address',
    body: z.strictObject({ email: Email }),
    status: 202,
  }),
  resetPassword: operation({
    method: 'POST',
    path: '/auth/reset-password',
    summary: 'Set a new password with the token from the mail; ends every session of the account',
    body: z.strictObject({ token: Token, password: Password }),
    status: 204,
  }),
  changePassword: operation({
    method: 'PUT',
    path: '/users/me/password',
    summary: 'Change your password; ends your other sessions',
    body: z.strictObject({ current_password: z.string().min(1).max(200), password: Password }),
    status: 204,
  }),
  preferences: operation({
    method: 'GET',
    path: '/users/me/preferences',
    summary: 'Your settings',
    reply: Preferences,
  }),
  updatePreferences: operation({
    method: 'PUT',
    path: '/users/me/preferences',
    summary: 'Change your settings; what is left out stays',
    body: PreferenceChange,
    reply: Preferences,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/users/me',
    summary: 'Delete your account; refused while an organization with other members has no other owner',
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    status: 204,
  }),
  sessions: operation({
    method: 'GET',
    path: '/auth/sessions',
    summary: 'Where you are logged in',
    reply: z.object({ items: z.array(UserSession), next_cursor: z.null() }),
  }),
  revokeSession: operation({
    method: 'DELETE',
    path: '/auth/sessions/{id}',
    summary: 'End one of your sessions',
    during_maintenance: true,
    params: IdParams,
    status: 204,
  }),
  revokeOtherSessions: operation({
    method: 'DELETE',
    path: '/auth/sessions',
    summary: 'End all of your sessions but this one',
    during_maintenance: true,
    status: 204,
  }),
}
