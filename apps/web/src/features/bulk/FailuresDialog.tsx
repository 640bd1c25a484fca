import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { kindOf } from '../records/kinds.ts'
import { jobQuery } from './api.ts'

type Props = { job_id: string | null; onClose: () => void }

/** `deal_in_trash` is the same as `lead_in_trash`. */
const ofKind = /^.*_(in_trash|not_found)$/

/** Which records a job did not change, and why. */
export function FailuresDialog({ job_id, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const { data: job } = useQuery({ ...jobQuery(job_id ?? ''), enabled: job_id !== null })
  const kind = job && kindOf(job.object)
  const reasonOf = (code: string, message: string) => {
    const key = `bulk.code.${code.replace(ofKind, '$1')}`
    return i18n.exists(key) ? t(key as 'bulk.code.changed_since') : message
  }
  return (
    <Dialog
      open={job_id !== null && job !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('bulk.refused', { count: job?.failed ?? 0, formatted: format.number(job?.failed ?? 0) })}
      description={
        job && job.failures.length < job.failed
          ? t('bulk.first_of', { count: job.failures.length })
          : undefined
      }
    >
      <ul className="flex flex-col divide-y divide-line text-13">
        {job?.failures.map(({ id, name, code, message }) => (
          <li key={id} className="flex flex-col gap-0.5 py-2">
            {name !== null && kind ? (
              <Link
                to={kind.pathOf(id)}
                onClick={onClose}
                className="self-start font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {name}
              </Link>
            ) : (
              <span className="font-medium">{name ?? t('records.unknown')}</span>
            )}
            <span className="text-12 text-muted">{reasonOf(code, message)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
