import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useMedia } from '../../ui/table/useMedia.ts'
import type { RowError } from './plan.ts'

/** At most 200 rows come, so they are simply drawn. */
export function RowErrors({ errors }: { errors: readonly RowError[] }) {
  const isWide = useMedia('(min-width: 48rem)')
  return isWide ? <ErrorTable errors={errors} /> : <ErrorList errors={errors} />
}

const cell = 'border-b border-line px-2 py-2 text-left align-top'

const toneOf = ({ is_kept }: RowError) => (is_kept ? 'text-warn-ink' : 'text-danger-ink')

function ErrorTable({ errors }: { errors: readonly RowError[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <table className="w-full table-fixed border-collapse text-13">
      <thead className="text-12 text-muted">
        <tr>
          <th scope="col" className={`${cell} w-16 pl-0! font-medium`}>
            {t('imports.check.row')}
          </th>
          <th scope="col" className={`${cell} w-1/4 font-medium`}>
            {t('imports.check.column')}
          </th>
          <th scope="col" className={`${cell} w-1/4 font-medium`}>
            {t('imports.check.value')}
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            {t('imports.check.reason')}
          </th>
        </tr>
      </thead>
      <tbody>
        {errors.map((error) => (
          <tr key={error.row}>
            <td className={`${cell} pl-0! text-muted tabular`}>{format.number(error.row)}</td>
            <td className={`${cell} break-words`}>{error.column ?? t('imports.check.whole_row')}</td>
            <td className={`${cell} break-words`}>
              <Value value={error.value} />
            </td>
            <td className={`${cell} break-words ${toneOf(error)}`}>{error.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ErrorList({ errors }: { errors: readonly RowError[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ul className="text-13">
      {errors.map((error) => (
        <li key={error.row} className="flex flex-col gap-0.5 border-b border-line py-2 last:border-b-0">
          <span className="flex justify-between gap-3">
            <span className="font-medium break-words">{error.column ?? t('imports.check.whole_row')}</span>
            <span className="text-12 whitespace-nowrap text-muted tabular">
              {t('imports.check.row')} {format.number(error.row)}
            </span>
          </span>
          <Value value={error.value} />
          <span className={`break-words ${toneOf(error)}`}>{error.message}</span>
        </li>
      ))}
    </ul>
  )
}

function Value({ value }: { value: string }) {
  const { t } = useTranslation()
  return value === '' ? (
    <span className="text-faint">{t('imports.check.empty_value')}</span>
  ) : (
    <span className="break-words">{value}</span>
  )
}
