import type { LinkedContact } from '@rapport/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { Popover } from '../../ui/Popover.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { contactKind } from './contactKind.ts'
import { NewRecordDialog } from './NewRecordDialog.tsx'
import type { RecordKind } from './kinds.ts'
import { linkedContactsQuery, linkEnds } from './related.ts'
import { RelatedLine, RelatedSection } from './RelatedSection.tsx'
import { RelationPicker } from './RelationField.tsx'

type Props = { kind: RecordKind; id: string; readOnly: boolean }

/** The people around a record, each with a part in it. */
export function LinkedContacts(props: Props) {
  return useMay('contacts:read') ? <Contacts {...props} /> : null
}

function Contacts({ kind, id, readOnly }: Props) {
  const { t } = useTranslation()
  const query = useQuery(linkedContactsQuery(kind, id))
  return (
    <RelatedSection
      title={t('records.related.contacts')}
      empty={t('records.related.no_contacts')}
      loading={query.isPending}
      count={query.data?.length}
      action={readOnly ? null : <AddContact kind={kind} id={id} />}
    >
      {query.data?.map((link) => (
        <ContactLine key={link.contact.id} kind={kind} id={id} link={link} readOnly={readOnly} />
      ))}
    </RelatedSection>
  )
}

const renew = ({ store }: RecordKind, id: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['contact-links'] }),
    queryClient.invalidateQueries({ queryKey: store.keys.timeline(id) }),
  ])

function useLink(kind: RecordKind, id: string) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return useMutation({
    mutationFn: (body: { contact_id: string; part?: string | null }) =>
      linkEnds(kind).link({ params: { id }, body }),
    onSuccess: () => renew(kind, id),
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
  })
}

function ContactLine({ kind, id, link, readOnly }: Props & { link: LinkedContact }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { contact, part } = link
  const again = useLink(kind, id)
  const unlink = useMutation({
    mutationFn: () => linkEnds(kind).unlink({ params: { id, contact_id: contact.id } }),
    onSuccess: async () => {
      notify.undo(t('records.toast.unlinked', { name: contact.full_name }), () =>
        again.mutate({ contact_id: contact.id, part }),
      )
      await renew(kind, id)
    },
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
  })
  return (
    <RelatedLine
      to={paths.contact(contact.id)}
      name={contact.full_name}
      detail={[part, contact.company?.name ?? contact.position].filter(Boolean).join(' · ') || contact.email}
      beside={
        readOnly ? null : (
          <IconButton
            icon={X}
            label={t('records.action.unlink', { name: contact.full_name })}
            onClick={() => unlink.mutate()}
          />
        )
      }
    />
  )
}

/** Somebody who is known already, or somebody new. */
function AddContact({ kind, id }: Omit<Props, 'readOnly'>) {
  const { t } = useTranslation()
  const mayCreate = useMay('contacts:create')
  const [open, setOpen] = useState(false)
  const [creating, setCreating] = useState(false)
  const [contact_id, setContact] = useState<string | null>(null)
  const [part, setPart] = useState('')
  const link = useLink(kind, id)
  const close = () => {
    setOpen(false)
    setContact(null)
    setPart('')
  }
  return (
    <>
      <Popover
        open={open}
        onOpenChange={(next) => (next ? setOpen(true) : close())}
        label={t('records.action.add_contact')}
        className="w-72"
        trigger={<IconButton icon={Plus} label={t('records.action.add_contact')} />}
      >
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (contact_id !== null)
              link.mutate({ contact_id, part: part.trim() || null }, { onSuccess: close })
          }}
        >
          <Field label={t('records.contact.one')}>
            <RelationPicker to="contact" chosen={null} onChange={setContact} />
          </Field>
          <Field label={t('records.field.part')} hint={t('records.part_hint')}>
            <Input value={part} onChange={(event) => setPart(event.target.value)} autoComplete="off" />
          </Field>
          <div className="flex justify-between gap-2">
            {mayCreate ? (
              <Button
                size="small"
                variant="ghost"
                onClick={() => {
                  setOpen(false)
                  setCreating(true)
                }}
              >
                {t('records.contact.new')}
              </Button>
            ) : (
              <span />
            )}
            <Button
              type="submit"
              size="small"
              variant="primary"
              disabled={contact_id === null}
              loading={link.isPending}
            >
              {t('records.action.add')}
            </Button>
          </div>
        </form>
      </Popover>
      <NewRecordDialog
        kind={contactKind}
        open={creating}
        onOpenChange={setCreating}
        onCreated={(created) => link.mutate({ contact_id: created, part: part.trim() || null })}
      />
    </>
  )
}
