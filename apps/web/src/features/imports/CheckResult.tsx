import { CircleCheck, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import type { Check, Policy } from './plan.ts'
import { RowErrors } from './RowErrors.tsx'
import { StatLine, type Stat } from './StatLine.tsx'
import { UnknownStages } from './UnknownStages.tsx'

type CountsProps = { check: Check; policy: Policy; onAgain: () => void }

/** How many rows become what. */
export function CheckCounts({ check, policy, onAgain }: CountsProps) {
  const { t } = useTranslation()
  const { unreadable } = check
  return (
    <section className="flex flex-col gap-4">
      <div className="-mr-2 flex min-h-control items-center justify-between gap-4">
        <h2 className="text-15 font-semibold">{t('imports.check.title')}</h2>
        <Button variant="ghost" size="small" icon={RefreshCw} onClick={onAgain}>
          {t('imports.check.again')}
        </Button>
      </div>
      <StatLine
        stats={[
          { label: t('imports.check.new'), value: check.new, tone: 'success' },
          secondStat(check, policy, t('imports.check.update'), {
            skip: t('imports.check.duplicate_skip'),
            create: t('imports.check.duplicate_create'),
          }),
          ...(unreadable > 0 ? [{ label: t('imports.count.unreadable'), value: unreadable }] : []),
          { label: t('imports.check.invalid'), value: check.invalid, tone: 'danger' },
        ]}
      />
      {check.invalid + unreadable === 0 ? (
        <p className="flex items-center gap-2 text-13 text-success-ink">
          <CircleCheck className="size-4" strokeWidth={1.75} aria-hidden />
          {t('imports.check.clean')}
        </p>
      ) : null}
    </section>
  )
}

type DetailsProps = { object: string; check: Check; onAgain: () => void }

/** What the counts do not say: what would be made, and which rows have something wrong with them. */
export function CheckDetails({ object, check, onAgain }: DetailsProps) {
  const { t } = useTranslation()
  return (
    <>
      <NewCompanies companies={check.new_companies} />
      <UnknownStages object={object} stages={check.unknown_stages} onAdded={onAgain} />
      <WrongRows
        title={t('imports.check.errors_title')}
        text={t('imports.check.errors_text')}
        errors={check.errors.filter(({ is_kept }) => !is_kept)}
        total={check.invalid}
      />
      <WrongRows
        title={t('imports.check.kept_title')}
        text={t('imports.check.kept_text')}
        errors={check.errors.filter(({ is_kept }) => is_kept)}
        total={check.unreadable}
      />
    </>
  )
}

type WrongProps = { title: string; text: string; errors: Check['errors']; total: number }

function WrongRows({ title, text, errors, total }: WrongProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (errors.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-15 font-semibold">{title}</h2>
      <p className="text-13 text-muted">
        {text}{' '}
        {total > errors.length
          ? t('imports.check.errors_first', {
              shown: format.number(errors.length),
              total: format.number(total),
            })
          : null}
      </p>
      <RowErrors errors={errors} />
    </section>
  )
}

/** Told before it happens, with their names: what is written otherwise elsewhere would become another company. */
function NewCompanies({ companies: { count, names } }: { companies: Check['new_companies'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (count === 0) return null
  const more = count - names.length
  return (
    <section role="note" className="rounded-base bg-info-soft px-3 py-2 text-13 text-info-ink">
      <p className="font-medium">{t('imports.companies.new', { count, formatted: format.number(count) })}</p>
      <p>
        {names.join(' · ')}
        {more > 0 ? ` ${t('imports.companies.more', { formatted: format.number(more) })}` : null}
      </p>
    </section>
  )
}

/** What becomes of rows whose record is there depends on the choice; so does what they are called. */
function secondStat(
  check: Check,
  policy: Policy,
  updates: string,
  duplicates: Record<'skip' | 'create', string>,
): Stat {
  if (policy === 'fill_empty' || policy === 'overwrite') return { label: updates, value: check.update }
  return { label: duplicates[policy], value: check.duplicate }
}
