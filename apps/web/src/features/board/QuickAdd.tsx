import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { leadStore } from '../records/stores.ts'

/** A name and Enter make a card on top of the column; the field stays for the next one. */
export function QuickAdd({ stage_id, pipeline_id }: { stage_id: string; pipeline_id: string }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const create = leadStore.useCreate()
  const [name, setName] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)

  const add = () => {
    const full_name = name?.trim() ?? ''
    if (full_name === '') return
    setName('')
    create.mutate(
      { key: crypto.randomUUID(), body: { full_name, stage_id, pipeline_id } },
      {
        onError: (error) => {
          setName(full_name)
          notify.problem(t('common.problem.title'), describe(error))
        },
      },
    )
  }

  if (name === null)
    return (
      <IconButton
        ref={opener}
        icon={Plus}
        size="small"
        label={t('board.add_card')}
        onClick={() => setName('')}
      />
    )
  return (
    <Input
      autoFocus
      size="small"
      aria-label={t('board.add_card')}
      placeholder={t('board.add_placeholder')}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => name.trim() === '' && setName(null)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') add()
        if (event.key === 'Escape') setName(null)
      }}
    />
  )
}
