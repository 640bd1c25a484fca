import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { useCustomFields } from '../custom-fields/api.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useFormat } from '../../ui/format.ts'
import { identities } from './mapping.ts'
import type { Mapping, Policy } from './plan.ts'
import { useTargetLabel } from './useTargetLabel.ts'

const policies: readonly Policy[] = ['skip', 'fill_empty', 'overwrite', 'create']
const changing: readonly Policy[] = ['fill_empty', 'overwrite']

type Props = { kind: RecordKind; mapping: Mapping; policy: Policy; onChange: (policy: Policy) => void }

/** What happens to rows that mean a record which is already there. */
export function DuplicateChoice({ kind, mapping, policy, onChange }: Props) {
  const { t } = useTranslation()
  const heading = useId()
  const format = useFormat()
  const labelOf = useTargetLabel(kind.object)
  const mayUpdate = useMay(`${kind.many}:update`)
  const own = useCustomFields(kind.object)
  const fields = identities(kind.object, mapping, own).map(labelOf)
  const canRecognise = fields.length > 0
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-1">
      <h2 id={heading} className="text-15 font-semibold">
        {t('imports.duplicates.title')}
      </h2>
      <p className="text-13 text-muted">
        {canRecognise
          ? t(fields.length > 1 ? 'imports.duplicates.identities' : 'imports.duplicates.identity', {
              fields: format.either(fields),
              first: fields[0],
            })
          : t('imports.duplicates.unknown')}
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
