import type { LinkedRecord, TaskLink } from '@rapport/contracts'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordPath } from '../../app/paths.ts'
import { may, useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { Select } from '../../ui/Select.tsx'
import { useKinds } from '../records/kinds.ts'
import { RelatedLine, RelatedSection } from '../records/RelatedSection.tsx'
import { RelationPicker } from '../records/RelationField.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { useChangeTask } from './api.ts'
import { linkedOf } from './looks.tsx'

/** The records that a task is about; those out of reach are only counted. */
export function LinksSection({ task }: { task: ListedRecord }) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const kinds = useKinds()
  const change = useChangeTask(task.id)
  const links = (task['links'] as TaskLink[] | undefined) ?? []
  const linked = linkedOf(task)
  const readOnly = !task.can.update || task.deleted_at !== null
  const hidden = links.length - linked.length
  const oneOf = (object: string) => {
    const kind = kinds.find((one) => one.object === object)
    return kind ? wordOf(kind, 'one') : object
  }
  const save = (after: TaskLink[], shown: LinkedRecord[]) => change({ links: after }, { linked: shown })
  return (
    <RelatedSection
      title={t('tasks.links.title')}
      empty={t('tasks.links.none')}
      loading={false}
      count={links.length}
      action={
        readOnly ? null : (
          <AddLink
            known={links}
            onAdd={(link) => save([...links, { object: link.object, id: link.id }], [...linked, link])}
          />
        )
      }
    >
      {linked.map(({ object, id, title }) => (
        <RelatedLine
          key={id}
          to={recordPath(object, id)}
          name={title}
          detail={oneOf(object)}
          beside={
            readOnly ? null : (
              <IconButton
                icon={X}
                label={t('tasks.links.remove', { title })}
                onClick={() =>
                  save(
                    links.filter((one) => one.id !== id),
                    linked.filter((one) => one.id !== id),
                  )
                }
              />
            )
          }
        />
      ))}
      {hidden > 0 ? (
        <li className="py-1 text-13 text-muted">{t('tasks.links.hidden', { count: hidden })}</li>
      ) : null}
    </RelatedSection>
  )
}

type AddProps = { known: readonly TaskLink[]; onAdd: (link: LinkedRecord) => void }

function AddLink({ known, onAdd }: AddProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { wordOf } = useKindWords()
  const kinds = useKinds().filter(({ object, many }) => object !== 'task' && may(me, `${many}:read`))
  const [open, setOpen] = useState(false)
  const [object, setObject] = useState(kinds[0]?.object ?? 'lead')
  const kind = kinds.find((one) => one.object === object)
  const pick = async (id: string | null) => {
    setOpen(false)
    if (id === null || !kind || known.some((one) => one.id === id)) return
    const [found] = await kind.store.readSome({
      limit: 1,
      filter: JSON.stringify({ field: 'id', op: 'eq', value: id }),
    })
    if (found) onAdd({ object, id, title: String(found[kind.title] ?? '') })
  }
  if (!kind) return null
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('tasks.links.add')}
      className="w-72"
      trigger={
        <Button size="small" variant="ghost" icon={Plus}>
          {t('tasks.links.link')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t('tasks.links.kind')}>
          <Select
            value={object}
            onChange={setObject}
            options={kinds.map((one) => ({ value: one.object, label: wordOf(one, 'one'), icon: one.icon }))}
          />
        </Field>
        <Field label={t('tasks.links.record')}>
          <RelationPicker key={object} to={object} chosen={null} onChange={(id) => void pick(id)} />
        </Field>
      </div>
    </Popover>
  )
}
