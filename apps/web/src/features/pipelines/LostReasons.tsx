import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { Section } from '../../ui/Section.tsx'
import { SortableList } from '../../ui/SortableList.tsx'
import { lostReasonsQuery, useSetLostReasons } from './api.ts'
import { useTellProblem } from './useTellProblem.ts'

/** What is offered when a record enters a stage that means it is lost. */
export function LostReasons({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const { data: reasons } = useQuery(lostReasonsQuery)
  const set = useSetLostReasons()
  const [typed, setTyped] = useState('')
  // What is saved are all of them: nothing is added to a list that has not been read.
  if (!reasons) return null
  const save = (next: string[]) => set.mutate(next, tell)
  const add = () => {
    const reason = typed.trim()
    setTyped('')
    if (reason !== '' && !reasons.includes(reason)) save([...reasons, reason])
  }
  return (
    <Section title={t('pipelines.reasons.title')}>
      <p className="pb-2 text-13 text-muted">{t('pipelines.reasons.intro')}</p>
      <SortableList
        label={t('pipelines.reasons.title')}
        items={reasons}
        idOf={(reason) => reason}
        nameOf={(reason) => reason}
        disabled={readOnly}
        className="flex max-w-md flex-col"
        onMove={(moved, to) => save(reasons.filter((reason) => reason !== moved).toSpliced(to, 0, moved))}
      >
        {(reason, handle) => (
          <span className="flex min-h-row items-center gap-2 border-b border-line text-13">
            {handle}
            <span className="min-w-0 flex-1 truncate">{reason}</span>
            {readOnly ? null : (
              <IconButton
                icon={Trash2}
                size="small"
                label={t('common.action.remove', { name: reason })}
                onClick={() => save(reasons.filter((other) => other !== reason))}
              />
            )}
          </span>
        )}
      </SortableList>
      {readOnly ? null : (
        <form
          className="flex max-w-md items-center gap-2 pt-2"
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
        >
          <Input
            aria-label={t('pipelines.reasons.add')}
            placeholder={t('pipelines.reasons.add')}
            maxLength={120}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button type="submit" icon={Plus} disabled={typed.trim() === ''}>
            {t('pipelines.reasons.submit')}
          </Button>
        </form>
      )}
    </Section>
  )
}
