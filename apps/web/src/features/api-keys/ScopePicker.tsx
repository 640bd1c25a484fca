import type { Permission, Scope } from '@rapport/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  everyScope,
  findScope,
  offersFor,
  reachesFor,
  reachOf,
  readOnlyScopes,
  toggled,
  withReach,
  type Offer,
} from './scopes.ts'

type Props = { value: readonly string[]; onChange: (scopes: string[]) => void; error?: string | undefined }

/** What a key may do, by object; never more is offered than one may do oneself. */
export function ScopePicker({ value, onChange, error }: Props) {
  const { t } = useTranslation()
  const held = useMe().permissions
  const id = useId()
  return (
    <fieldset aria-labelledby={id} aria-describedby={error ? `${id}-error` : undefined}>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <span id={id} className="mr-auto w-full text-12 font-medium sm:w-auto">
          {t('apiKeys.scopes.label')}
        </span>
        <Button size="small" onClick={() => onChange(readOnlyScopes(held))}>
          {t('apiKeys.scopes.read_only')}
        </Button>
        <Button size="small" onClick={() => onChange(everyScope(held))}>
          {t('apiKeys.scopes.everything')}
        </Button>
        <Button size="small" variant="ghost" disabled={value.length === 0} onClick={() => onChange([])}>
          {t('apiKeys.scopes.nothing')}
        </Button>
      </div>
      {error ? (
        <p id={`${id}-error`} role="alert" className="pb-2 text-12 text-danger-ink">
          {error}
        </p>
      ) : null}
      <div className="grid gap-x-6 border-t border-line sm:grid-cols-2">
        {offersFor(held).map((offer) => (
          <ObjectScopes key={offer.object} offer={offer} value={value} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  )
}

type ObjectProps = Omit<Props, 'error'> & { offer: Offer }

function ObjectScopes({ offer: { object, actions }, value, onChange }: ObjectProps) {
  const { t } = useTranslation()
  const held = useMe().permissions
  const name = t(`permissions.object.${object}`)
  return (
    <fieldset className="border-b border-line py-2">
      <legend className="float-left w-28 shrink-0 truncate py-0.5 text-13 font-medium">{name}</legend>
      <div className="flex flex-col">
        {actions.map(({ permission, action }) => {
          const chosen = findScope(value, permission)
          return (
            <div key={permission} className="flex min-h-7 items-center justify-between gap-2">
              <Checkbox
                checked={chosen !== undefined}
                onChange={(on) => onChange(toggled(value, permission, on, held))}
              >
                <span className="first-letter:uppercase">{t(`permissions.action.${action}`)}</span>
              </Checkbox>
              {chosen === undefined ? null : (
                <ReachSelect
                  permission={permission}
                  what={`${name}, ${t(`permissions.action.${action}`)}`}
                  value={reachOf(chosen)}
                  onChange={(reach) => onChange(withReach(value, permission, reach))}
                />
              )}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

type ReachProps = { permission: Permission; what: string; value: Scope; onChange: (reach: Scope) => void }

function ReachSelect({ permission, what, value, onChange }: ReachProps) {
  const { t } = useTranslation()
  const choices = reachesFor(permission, useMe().permissions)
  if (choices.length < 2) return null
  return (
    <span className="w-36 shrink-0">
      <Select
        size="small"
        label={t('apiKeys.scopes.reach', { what })}
        value={value}
        onChange={onChange}
        options={choices.map((reach) => ({ value: reach, label: t(`permissions.reach.${reach}`) }))}
      />
    </span>
  )
}
