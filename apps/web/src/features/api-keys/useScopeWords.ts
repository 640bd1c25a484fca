import { permissions } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { findScope, partsOf, reachOf } from './scopes.ts'

/** `['leads:read', 'leads:update:own']` → “Leads: see, change (own)”, one text for each object. */
export function useScopeWords(): (scopes: readonly string[]) => string[] {
  const { t } = useTranslation()
  return (scopes) => {
    const byObject = new Map<string, string[]>()
    for (const permission of permissions) {
      const scope = findScope(scopes, permission)
      if (scope === undefined) continue
      const [object, action] = partsOf(permission)
      const reach = reachOf(scope)
      const verb = t(`permissions.action.${action}`)
      const words = reach === 'all' ? verb : `${verb} (${t(`permissions.reach.${reach}`)})`
      const name = t(`permissions.object.${object}`)
      byObject.set(name, [...(byObject.get(name) ?? []), words])
    }
    return [...byObject].map(([name, verbs]) => `${name}: ${verbs.join(', ')}`)
  }
}
