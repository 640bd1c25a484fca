import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { canRecogniseDuplicates } from './mapping.ts'
import type { Mapping, Policy } from './plan.ts'

const policies: readonly Policy[] = ['skip', 'fill_empty', 'overwrite', 'create']
const changing: readonly Policy[] = ['fill_empty', 'overwrite']

type Props = { mapping: Mapping; policy: Policy; onChange: (policy: Policy) => void }

/** What happens to rows that mean a lead which is already there. */
export function DuplicateChoice({ mapping, policy, onChange }: Props) {
  const { t } = useTranslation()
  const heading = useId()
  const mayUpdate = useMay('leads:update')
  const canRecognise = canRecogniseDuplicates(mapping)
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-1">
      <h2 id={heading} className="text-15 font-semibold">
        {t('imports.duplicates.title')}
      </h2>
      <p className="text-13 text-muted">
        {t(canRecognise ? 'imports.duplicates.identity' : 'imports.duplicates.unknown')}
      </p>
      {canRecognise ? (
        <RadioList
          labelledBy={heading}
          value={policy}
          onChange={onChange}
          className="-mx-2 mt-1 grid gap-1 sm:grid-cols-2"
          choices={policies
            .filter((value) => mayUpdate || !changing.includes(value))
            .map((value) => ({
              value,
              label: t(`imports.duplicates.${value}.label`),
              text: t(`imports.duplicates.${value}.text`),
            }))}
        />
      ) : null}
    </section>
  )
}
