import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { Switch } from '../../ui/Switch.tsx'
import { policyQuery, useSetPolicy } from './api.ts'
import { Section } from '../../ui/Section.tsx'
import { useTellProblem } from './useTellProblem.ts'

/** For those who may change the organization. */
export function PolicySection() {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const { name } = useMe().organization
  const { data } = useQuery(policyQuery)
  const set = useSetPolicy()
  const required = set.isPending ? set.variables : (data?.required ?? false)
  const change = (next: boolean) =>
    set.mutate(next, {
      onSuccess: () => notify.success(t(next ? 'security.policy.on' : 'security.policy.off')),
      onError: tell,
    })
  return (
    <Section title={t('security.policy.title', { organization: name })} text={t('security.policy.text')}>
      <Switch checked={required} disabled={data === undefined} onChange={change}>
        {t('security.policy.label')}
      </Switch>
    </Section>
  )
}
