import type { ImportUpload } from '@rapport/contracts'
import { RotateCcw } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { checkQuery } from './api.ts'
import { DuplicateChoice } from './DuplicateChoice.tsx'
import { FurtherChoices } from './FurtherChoices.tsx'
import { MakeFields } from './MakeFields.tsx'
import { countTargets, findClashes, hasName } from './mapping.ts'
import { MappingRow } from './MappingRow.tsx'
import { MappingSummary } from './MappingSummary.tsx'
import { MissingCompanies } from './MissingCompanies.tsx'
import { NamingNotice } from './NamingNotice.tsx'
import type { Plan } from './plan.ts'
import { ReadingChoice } from './ReadingChoice.tsx'
import { StepFrame } from './StepFrame.tsx'
import { importedKind } from './useImportKinds.ts'
import { useTargetOptions } from './useTargetOptions.ts'

type Props = {
  shown: ImportUpload
  plan: Plan
  onChange: (change: Partial<Plan>) => void
  onNext: () => void
}

export function MapStep({ shown, plan, onChange, onNext }: Props) {
  const { t } = useTranslation()
  const kind = importedKind(shown.object)
  const heading = useId()
  const list = useRef<HTMLUListElement>(null)
  const { mapping } = plan
  const guessed = shown.guessed_mapping
  const clashes = findClashes(mapping)
  const optionsOf = useTargetOptions(kind, mapping, guessed)
  const isGuess = shown.columns.every(({ name }) => mapping[name] === guessed[name])

  const focusColumn = (name: string) => {
    const place = shown.columns.findIndex((column) => column.name === name)
    list.current?.children[place]?.querySelector<HTMLElement>('button')?.focus()
  }

  const next = () => {
    const clashing = list.current?.querySelector<HTMLElement>('[data-clash] button')
    if (clashing) return clashing.focus()
    const { fields, custom } = countTargets(mapping)
    if (fields + custom === 0) return notify.problem(t('imports.map.nothing'))
    void queryClient.prefetchQuery(checkQuery(shown.id, plan))
    onNext()
  }

  return (
    <StepFrame
      label={t('imports.steps.map')}
      footer={
        <>
          <MappingSummary mapping={mapping} />
          <Button variant="primary" onClick={next}>
            {t('imports.map.next')}
          </Button>
        </>
      }
    >
      <section aria-labelledby={heading}>
        <div className="-mr-2 flex min-h-control items-center justify-between gap-4">
          <h2 id={heading} className="text-15 font-semibold">
            {t('imports.map.title')}
          </h2>
          {isGuess ? null : (
            <Button
              variant="ghost"
              size="small"
              icon={RotateCcw}
              onClick={() => onChange({ mapping: guessed })}
            >
              {t('imports.map.reset')}
            </Button>
          )}
        </div>
        {shown.is_remembered && isGuess ? (
          <p className="text-13 text-muted">{t('imports.map.remembered')}</p>
        ) : null}
        <ReadingChoice shown={shown} onRead={(read) => onChange({ mapping: read.guessed_mapping })} />
        {hasName(mapping, kind.title) ? null : <NamingNotice kind={kind} mapping={mapping} />}
        <MissingCompanies shown={shown} plan={plan} onChange={onChange} onLinked={focusColumn} />
        <ul ref={list} aria-label={t('imports.map.columns')}>
          {shown.columns.map((column) => {
            const target = mapping[column.name] ?? null
            return (
              <MappingRow
                key={column.name}
                column={column}
                total={shown.total}
                target={target}
                guessed={guessed[column.name] ?? null}
                options={optionsOf(column.name)}
                sharing={clashes.get(target ?? '')?.find((name) => name !== column.name)}
                onChange={(chosen) => onChange({ mapping: { ...mapping, [column.name]: chosen } })}
              />
            )
          })}
        </ul>
      </section>
      <MakeFields shown={shown} mapping={mapping} />
      <DuplicateChoice
        kind={kind}
        mapping={mapping}
        policy={plan.duplicate_policy}
        onChange={(duplicate_policy) => onChange({ duplicate_policy })}
      />
      <FurtherChoices shown={shown} kind={kind} plan={plan} onChange={onChange} />
    </StepFrame>
  )
}
