import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import type { RecordKind } from '../records/kinds.ts'
import { changeOf } from '../records/recordStore.ts'
import { valuesOf, type Lane } from './lanes.ts'

type Props = { kind: RecordKind; stage_id: string; pipeline_id: string; lane?: Lane | undefined }

/** A name and Enter make a card on top of the column; the field stays for the next one. */
export function QuickAdd({ kind, stage_id, pipeline_id, lane }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const create = kind.store.useCreate()
  const [typed, setTyped] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const context = kind.object === 'deal' ? 'deal' : 'lead'
  const label = t('board.add_card', { context })

  const add = () => {
    const name = typed?.trim() ?? ''
    if (name === '') return
    setTyped('')
    create.mutate(
      {
        key: crypto.randomUUID(),
        body: { [kind.title]: name, stage_id, pipeline_id, ...(lane ? changeOf(valuesOf(lane)) : {}) },
      },
      {
        onError: (error) => {
          setTyped(name)
          notify.problem(t('common.problem.title'), describe(error))
        },
      },
    )
  }

  if (typed === null)
    return <IconButton ref={opener} icon={Plus} size="small" label={label} onClick={() => setTyped('')} />
  return (
    <Input
      autoFocus
      size="small"
      aria-label={label}
      placeholder={t('board.add_placeholder', { context })}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => typed.trim() === '' && setTyped(null)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') add()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
