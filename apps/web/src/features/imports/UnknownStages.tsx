import { useMutation } from '@tanstack/react-query'
import { ListPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { rapport } from '../../app/rapport.ts'
import { readAgain } from '../../app/queryClient.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { defaultPipeline, usePipelines } from '../pipelines/api.ts'
import type { Check } from './plan.ts'

type Props = { object: string; stages: Check['unknown_stages']; onAdded: () => void }

/** A column of other things than stages has more of them. */
const mostAdded = 20
const longestName = 80

/** Told before it happens: such rows begin at the first stage and keep the word, unless the stages are added first. */
export function UnknownStages({ object, stages, onAdded }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const mayAdd = useMay('pipelines:manage')
  const pipeline = defaultPipeline(usePipelines().filter((one) => one.object === object))
  const names = stages.map(({ name }) => name).filter((name) => name.length <= longestName)
  const add = useMutation({
    // One after the other, in the order of the file, before the stages that end it.
    async mutationFn({ id, stages: there }: NonNullable<typeof pipeline>) {
      const ending = there.findIndex(({ type }) => type !== 'open')
      const first = ending < 0 ? there.length : ending
      for (const [place, name] of names.entries())
        await rapport.pipelines.addStage({ params: { id }, body: { name, position: first + place } })
    },
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    onSettled: () => {
      readAgain(['pipelines'], ['board'])
      onAdded()
    },
  })
  if (stages.length === 0) return null
  const offered = mayAdd && pipeline && names.length > 0 && names.length <= mostAdded ? pipeline : null
  return (
    <section
      role="note"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-base bg-warn-soft px-3 py-2 text-13 text-warn-ink"
    >
      <div className="min-w-56 flex-1">
        <p className="font-medium">{t('imports.check.stages_title')}</p>
        <p>
          {t('imports.check.stages_text', {
            stages: stages.map(({ name, rows }) => `${name} (${format.number(rows)})`).join(', '),
          })}
        </p>
      </div>
      {offered ? (
        <Button size="small" icon={ListPlus} loading={add.isPending} onClick={() => add.mutate(offered)}>
          {t('imports.check.stages_add', {
            count: names.length,
            formatted: format.number(names.length),
            pipeline: offered.name,
          })}
        </Button>
      ) : null}
    </section>
  )
}
