import type { BodyInput, Me, account } from '@rapport/contracts'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../ui/notify.ts'
import { describeProblem } from '../ui/problem.ts'
import { keepChoices } from './choices.ts'
import { adoptLanguage, LANGUAGES } from './i18n.ts'
import { queryClient } from './queryClient.ts'
import { ME_KEY, rapport } from './rapport.ts'
import { useMe } from './session.ts'
import { adoptTheme } from './theme.ts'

export type PreferenceChange = BodyInput<typeof account.updatePreferences>

/** Saves what is given; screens show it at once, and again as it was when the server refuses. */
export function useSavePreferences() {
  return useMutation({
    mutationFn: (body: PreferenceChange) => rapport.account.updatePreferences({ body }),
    onMutate: (change) => {
      const before = queryClient.getQueryData<Me>(ME_KEY)
      if (before) showAs(before, { ...before.preferences, ...change } as Me['preferences'])
      return { before }
    },
    onError: (_error, _change, kept) => {
      if (kept?.before) queryClient.setQueryData(ME_KEY, kept.before)
    },
    onSuccess: (preferences) => {
      const me = queryClient.getQueryData<Me>(ME_KEY)
      if (me) showAs(me, preferences)
    },
  })
}

function showAs(me: Me, preferences: Me['preferences']): void {
  const { language, time_zone } = preferences
  queryClient.setQueryData<Me>(ME_KEY, { ...me, preferences, user: { ...me.user, language, time_zone } })
}

/** Shows theme and language of the account, and takes over what is chosen anywhere on screen. */
export function useFollowPreferences(): void {
  const { t } = useTranslation()
  const { theme, language } = useMe().preferences
  const { mutate } = useSavePreferences()

  useEffect(() => adoptTheme(theme), [theme])
  useEffect(() => {
    if (!LANGUAGES.includes(language)) return
    adoptLanguage(language).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describeProblem(error, t)),
    )
  }, [language, t])

  useEffect(() => {
    const save = (choice: object) =>
      mutate(choice, {
        onError: (error) => notify.problem(t('common.problem.title'), describeProblem(error, t)),
      })
    const { waiting, stop } = keepChoices(save)
    if (Object.keys(waiting).length > 0) save(waiting)
    return stop
  }, [mutate, t])
}
