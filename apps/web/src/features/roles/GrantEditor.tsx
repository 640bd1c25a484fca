import { ownerOnly, scopeChoices, type Grants, type Permission, type Scope } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { choicesWithin, matrix, withGrant, type MatrixGroup, type MatrixRow } from './matrix.ts'
import { ScopeMark } from './ScopeMark.tsx'

/** What a role may do, to look at. */
export function GrantList({ grants }: { grants: Grants }) {
  return (
    <Groups>
      {({ permission }, label) => (
        <div className="flex min-h-8 items-center justify-between gap-3 text-13">
          {label}
          <ScopeMark permission={permission} scope={grants[permission]} />
        </div>
      )}
    </Groups>
  )
}

type EditorProps = { value: Grants; onChange: (grants: Grants) => void }

/** The same to change: whatever is chosen brings along what it needs. */
export function GrantEditor({ value, onChange }: EditorProps) {
  return (
    <Groups without={ownerOnly}>
      {({ permission }, label, what) => (
        <GrantControl
          permission={permission}
          label={label}
          what={what}
          scope={value[permission] ?? null}
          onChange={(scope) => onChange(withGrant(value, permission, scope))}
        />
      )}
    </Groups>
  )
}

type GroupsProps = {
  without?: readonly Permission[]
  children: (row: MatrixRow, label: ReactNode, what: string) => ReactNode
}

function Groups({ without = [], children }: GroupsProps) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('roles.permissions')} className="flex flex-col gap-3">
      <h3 className="text-13 font-semibold">{t('roles.permissions')}</h3>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {matrix.map((group) => (
          <Group key={group.object} group={group} without={without}>
            {children}
          </Group>
        ))}
      </div>
    </section>
  )
}

function Group({ group: { object, rows }, without = [], children }: GroupsProps & { group: MatrixGroup }) {
  const { t } = useTranslation()
  const name = t(`permissions.object.${object}`)
  return (
    <fieldset className="min-w-0">
      <legend className="w-full border-b border-line pb-1 text-11 font-semibold text-faint uppercase">
        {name}
      </legend>
      {rows
        .filter(({ permission }) => !without.includes(permission))
        .map((row) => {
          const action = t(`permissions.action.${row.action}`)
          return (
            <div key={row.permission} className="border-b border-line last:border-0">
              {children(
                row,
                <span className="inline-block first-letter:uppercase">{action}</span>,
                `${name}: ${action}`,
              )}
            </div>
          )
        })}
    </fieldset>
  )
}

type ControlProps = {
  permission: Permission
  label: ReactNode
  /** For screen readers: object and action. */
  what: string
  scope: Scope | null
  onChange: (scope: Scope | null) => void
}

/** One tick for what is granted or not; a choice for what can reach more or less far. */
function GrantControl({ permission, label, what, scope, onChange }: ControlProps) {
  const { t } = useTranslation()
  const choices = choicesWithin(useMe().permissions, permission)
  // What goes beyond one's own stays as it is: one cannot give it, and another one did.
  const locked = choices.length === 0 || (scope !== null && !choices.includes(scope))
  if (scopeChoices(permission).length === 1)
    return (
      <Checkbox
        className="flex min-h-9 w-full"
        checked={scope !== null}
        disabled={locked}
        onChange={(on) => onChange(on ? 'all' : null)}
      >
        {label}
      </Checkbox>
    )
  return (
    <div className="flex min-h-9 items-center justify-between gap-3 text-13">
      <span aria-hidden>{label}</span>
      <span className="w-32 shrink-0">
        <Select
          size="small"
          label={what}
          value={scope ?? 'none'}
          disabled={locked}
          options={(['none', ...choices] as const).map((value) => ({
            value,
            label: t(`roles.scope.${value}`),
          }))}
          onChange={(next) => onChange(next === 'none' ? null : next)}
        />
      </span>
    </div>
  )
}
