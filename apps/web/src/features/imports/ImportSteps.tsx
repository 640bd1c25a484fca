import { Check, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'

const steps = ['map', 'check', 'run'] as const
export type Step = (typeof steps)[number]

type Props = {
  current: Step
  /** The last step is over. */
  finished: boolean
  /** Steps that one can go to by a press. */
  reachable: readonly Step[]
  onGo: (step: Step) => void
}

/** Where one is on the way from file to leads. */
export function ImportSteps({ current, finished, reachable, onGo }: Props) {
  const { t } = useTranslation()
  const at = steps.indexOf(current)
  return (
    <ol aria-label={t('imports.steps.label')} className="-ml-1.5 flex items-center gap-1">
      {steps.map((step, index) => {
        const isDone = index < at || finished
        const look = cx(
          'flex h-control-small items-center gap-1.5 rounded-base px-1.5 text-12 font-medium',
          index === at ? 'text-ink' : 'text-muted',
        )
        const content = (
          <>
            <Mark number={index + 1} isDone={isDone} isCurrent={index === at} />
            {t(`imports.steps.${step}`)}
          </>
        )
        return (
          <li key={step} aria-current={index === at ? 'step' : undefined} className="flex items-center gap-1">
            {index > 0 ? <ChevronRight className="size-3.5 text-faint" aria-hidden /> : null}
            {index !== at && reachable.includes(step) ? (
              <button type="button" onClick={() => onGo(step)} className={cx(look, 'hover:bg-hover')}>
                {content}
              </button>
            ) : (
              <span className={look}>{content}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Mark({ number, isDone, isCurrent }: { number: number; isDone: boolean; isCurrent: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        'flex size-4 items-center justify-center rounded-full text-11 tabular',
        isDone ? 'bg-success-soft text-success-ink' : isCurrent ? 'bg-accent text-on-accent' : 'bg-active',
      )}
    >
      {isDone ? <Check className="size-3" strokeWidth={2.5} /> : number}
    </span>
  )
}
