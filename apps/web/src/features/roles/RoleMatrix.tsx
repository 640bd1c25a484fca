import type { RoleRecord } from '@rapport/contracts'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useRoleName } from '../members/roles.ts'
import { matrix } from './matrix.ts'
import { ScopeMark } from './ScopeMark.tsx'

type Props = { roles: readonly RoleRecord[]; openId: string | null; onOpen: (id: string) => void }

const firstColumn = 'sticky left-0 z-10 bg-base'

/** All roles beside each other: what each may do, and how far. */
export function RoleMatrix({ roles, openId, onOpen }: Props) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('roles.matrix')} className="relative min-h-0 flex-1 overflow-auto">
      <table className="w-max min-w-full border-separate border-spacing-0 text-13">
        <thead>
          <tr>
            <th scope="col" className={cx(firstColumn, 'top-0 z-20 min-w-36 border-b border-line')}>
              <span className="sr-only">{t('roles.permissions')}</span>
            </th>
            {roles.map((role) => (
              <RoleHead key={role.id} role={role} open={role.id === openId} onOpen={onOpen} />
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map(({ object, rows }) => (
            <Fragment key={object}>
              <tr>
                <th scope="rowgroup" colSpan={roles.length + 1} className="px-4 pt-4 pb-1 text-left">
                  <span className="sticky left-4 text-11 font-semibold text-faint uppercase">
                    {t(`permissions.object.${object}`)}
                  </span>
                </th>
              </tr>
              {rows.map(({ permission, action }) => (
                <tr key={permission} className="group">
                  <th
                    scope="row"
                    className={cx(
                      firstColumn,
                      'h-8 border-b border-line px-4 text-left font-normal group-hover:bg-hover',
                    )}
                  >
                    <span className="inline-block first-letter:uppercase">
                      {t(`permissions.action.${action}`)}
                    </span>
                  </th>
                  {roles.map((role) => (
                    <td
                      key={role.id}
                      className={cx(
                        'border-b border-line px-3 text-center group-hover:bg-hover',
                        role.id === openId && 'bg-active',
                      )}
                    >
                      <ScopeMark permission={permission} scope={role.grants[permission]} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type HeadProps = { role: RoleRecord; open: boolean; onOpen: (id: string) => void }

function RoleHead({ role, open, onOpen }: HeadProps) {
  const { t } = useTranslation()
  const name = useRoleName()(role.id, role.name)
  return (
    <th
      scope="col"
      aria-label={name}
      className={cx(
        'sticky top-0 w-25 min-w-25 border-b border-line bg-base p-1 align-bottom',
        open && 'bg-active',
      )}
    >
      <button
        type="button"
        onClick={() => onOpen(role.id)}
        className="flex w-full flex-col items-center gap-0.5 rounded-base px-1.5 py-1.5 hover:bg-hover"
      >
        <span className="line-clamp-2 text-13 font-semibold wrap-anywhere">{name}</span>
        <span className="text-11 font-normal text-faint">
          {t('roles.members', { count: role.member_count })}
        </span>
      </button>
    </th>
  )
}
