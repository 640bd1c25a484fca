import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { FormProblem } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { personQuery, useCreateRequest, type Asked, type PersonRef } from './api.ts'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The record to begin with; without one the person is looked for. */
  record?: PersonRef
}

/** Finds every record about one person, and exports or erases them. */
export function PersonDialog({ open, onOpenChange, record }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('privacy.person.title')}
      description={t('privacy.person.text')}
    >
      {open ? <PersonForm onDone={() => onOpenChange(false)} record={record} /> : null}
    </Dialog>
  )
}

function PersonForm({ onDone, record }: { onDone: () => void; record: PersonRef | undefined }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const create = useCreateRequest()
  const [mark, setMark] = useState('')
  const [asked, setAsked] = useState<Asked | null>(record === undefined ? null : { record })
  const query = useQuery(personQuery(asked))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [erasing, setErasing] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const found = query.data
  const chosen = (found ?? []).filter(({ id }) => !left.has(id))
  const problem = refusal ?? (query.isError ? describe(query.error) : null)

  async function ask(kind: 'person_export' | 'person_erasure') {
    if (reason.trim() === '') return setRefusal(t('privacy.person.reason_missing'))
    if (kind === 'person_erasure' && !erasing) return setErasing(true)
    setRefusal(null)
    try {
      // One request for each kind of record that tells of the person.
      for (const [object, records] of Map.groupBy(chosen, (one) => one.object))
        await create.mutateAsync({ kind, object, record_ids: records.map(({ id }) => id), reason })
      notify.success(t('privacy.request.started'))
      onDone()
    } catch (error) {
      setRefusal(describe(error))
    }
  }

  return (
    <div className="flex flex-col gap-4">
      {problem === null ? null : <FormProblem>{problem}</FormProblem>}
      {record === undefined ? (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            const text = mark.trim()
            if (text !== '') setAsked(text.includes('@') ? { email: text } : { phone: text })
          }}
        >
          <Field label={t('privacy.person.mark')} className="flex-1">
            <Input value={mark} onChange={(event) => setMark(event.target.value)} autoComplete="off" />
          </Field>
          <Button type="submit" loading={query.isFetching}>
            {t('privacy.person.find')}
          </Button>
        </form>
      ) : null}
      {found === undefined ? null : found.length === 0 ? (
        <output className="text-13 text-muted">{t('privacy.person.none')}</output>
      ) : (
        <>
          <fieldset className="flex flex-col gap-2">
            <legend className="pb-1 text-12 font-medium text-muted">{t('privacy.person.records')}</legend>
            {found.map((one) => (
              <Checkbox
                key={one.id}
                checked={!left.has(one.id)}
                onChange={(checked) => setLeft(checked ? without(left, one.id) : new Set([...left, one.id]))}
              >
                <span className="flex flex-col">
                  <span className="text-13">{one.title}</span>
                  <span className="text-12 text-muted">
                    {t(`privacy.person.object.${one.object}`)}
                    {one.subtitle === null ? null : ` · ${one.subtitle}`}
                    {one.deleted_at === null ? null : ` · ${t('privacy.person.in_trash')}`}
                  </span>
                </span>
              </Checkbox>
            ))}
          </fieldset>
          <Field label={t('privacy.reason')} hint={t('privacy.reason_hint')}>
            <Input value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" />
          </Field>
          {erasing ? (
            <FormProblem>{t('privacy.person.erase_warning', { count: chosen.length })}</FormProblem>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              variant={erasing ? 'danger' : 'secondary'}
              disabled={chosen.length === 0}
              loading={create.isPending && erasing}
              onClick={() => void ask('person_erasure')}
            >
              {erasing ? t('privacy.person.erase_now') : t('privacy.person.erase')}
            </Button>
            <Button
              variant="primary"
              disabled={chosen.length === 0}
              loading={create.isPending && !erasing}
              onClick={() => void ask('person_export')}
            >
              {t('privacy.person.export')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

const without = (ids: ReadonlySet<string>, taken: string) => new Set([...ids].filter((id) => id !== taken))
