import type { AssignmentRule } from '@rapport/contracts'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Switch } from '../../ui/Switch.tsx'
import { useMemberName } from '../members/api.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useChangeRule, useRemoveRule, useSaveRule } from './api.ts'

type Props = { rule: AssignmentRule; handle: ReactNode; readOnly: boolean; onEdit: () => void }

/** A rule in its place: what it is called, whom it chooses, and whether it is used. */
export function RuleRow({ rule, handle, readOnly, onEdit }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const summary = useSummary()
  const change = useChangeRule()
  const remove = useRemoveRule()
  const save = useSaveRule()
  const { id, object, name, enabled, filter, target } = rule
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const drop = () =>
    remove.mutate(id, {
      onError,
      onSuccess: () =>
        notify.undo(t('assignment.removed', { name }), () =>
          save.mutate(
            { id: null, key: crypto.randomUUID(), draft: { object, name, enabled, filter, target } },
            { onError },
          ),
        ),
    })
  return (
    <div className="flex items-center gap-2 border-b border-line py-1.5">
      {handle}
      <button
        type="button"
        disabled={readOnly}
        onClick={onEdit}
        className={cx(
          'flex min-h-9 min-w-0 flex-1 flex-col justify-center rounded-small px-1 text-left not-disabled:hover:bg-hover',
          !enabled && 'opacity-60',
        )}
      >
        <span className="max-w-full truncate text-13 font-medium">{name}</span>
        <span className="max-w-full truncate text-12 text-muted">{summary(rule)}</span>
      </button>
      <Switch
        checked={enabled}
        disabled={readOnly}
        label={t('assignment.switch', { name })}
        onChange={(next) => change.mutate({ id, enabled: next }, { onError })}
      />
      {readOnly ? null : (
        <IconButton icon={Trash2} size="small" label={t('assignment.remove', { name })} onClick={drop} />
      )}
    </div>
  )
}

/** Whom a rule chooses among, in a line. */
function useSummary(): (rule: AssignmentRule) => string {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const labelOf = useFieldLabel()
  return ({ target }) => {
    const ids = target.strategy === 'member' ? [target.user_id] : target.members.map(({ user_id }) => user_id)
    const names = format.list([...new Set(ids)].map((id) => nameOf(id) ?? t('assignment.somebody')))
    const field = target.strategy === 'territory' ? labelOf(target.field) : ''
    return t(`assignment.summary.${target.strategy}`, { names, field })
  }
}
