import type { AssignedObject } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useMemberName } from '../members/api.ts'
import { usePreview } from './api.ts'
import { filterOf, targetOf, type RuleForm } from './ruleForm.ts'

type Props = { object: AssignedObject; form: RuleForm; disabled: boolean }

/** What the rule would have done with the newest records; nothing is changed by it. */
export function PreviewPanel({ object, form, disabled }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const nameOf = useMemberName()
  const preview = usePreview()
  const [only_unassigned, setOnlyUnassigned] = useState(false)
  const seen = preview.data
  return (
    <section
      aria-label={t('assignment.preview.title')}
      className="flex flex-col gap-2 border-t border-line pt-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Checkbox checked={only_unassigned} onChange={setOnlyUnassigned}>
          {t('assignment.preview.unassigned')}
        </Checkbox>
        <Button
          size="small"
          disabled={disabled}
          loading={preview.isPending}
          onClick={() =>
            preview.mutate({ object, filter: filterOf(form), target: targetOf(form), only_unassigned })
          }
        >
          {t('assignment.preview.do')}
        </Button>
      </div>
      <div aria-live="polite" className="flex flex-col gap-1 text-13">
        {preview.isError ? <p className="text-danger-ink">{describe(preview.error)}</p> : null}
        {seen ? (
          <>
            <p className="text-muted">
              {t('assignment.preview.result', {
                looked_at: format.number(seen.looked_at),
                matched: format.number(seen.matched),
              })}
            </p>
            {seen.matched === 0 ? <p>{t('assignment.preview.nothing')}</p> : null}
            <ul className="flex flex-col">
              {seen.shares.map(({ user_id, records }) => (
                <Share key={user_id} name={nameOf(user_id) ?? t('assignment.somebody')} count={records} />
              ))}
              {seen.passed_on > 0 ? (
                <Share name={t('assignment.preview.nobody')} count={seen.passed_on} />
              ) : null}
            </ul>
          </>
        ) : null}
      </div>
    </section>
  )
}

export function Share({ name, count }: { name: string; count: number }) {
  const format = useFormat()
  return (
    <li className="flex justify-between gap-3 border-b border-line py-1">
      <span className="truncate">{name}</span>
      <span className="tabular">{format.number(count)}</span>
    </li>
  )
}
