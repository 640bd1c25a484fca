import { roles, type Role } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const isBuiltIn = (key: string): key is Role => (roles as readonly string[]).includes(key)

/** A built-in role in the reader's language, a custom one by the name that the organization gave it. */
export function useRoleName(): (key: string, name: string) => string {
  const { t } = useTranslation()
  return useCallback((key, name) => (isBuiltIn(key) ? t(`members.role.${key}`) : name), [t])
}

/** What the role is for, in a sentence; null where nobody has written one. */
export function useRoleText(): (key: string, description: string | null) => string | null {
  const { t } = useTranslation()
  return useCallback(
    (key, description) => (isBuiltIn(key) ? t(`members.role_text.${key}`) : description),
    [t],
  )
}
