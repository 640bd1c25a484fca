import type { Member } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { memberQuery, useDeactivate, useMembers } from './api.ts'
import { useTellMemberProblem } from './useMemberProblem.ts'

type Props = { member: Member; open: boolean; onOpenChange: (open: boolean) => void }

/** Shutting somebody out, and what becomes of what they own; for somebody who is out already, only the latter. */
export function DeactivateDialog({ member, open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const { organization } = useMe()
  const name = member.full_name
  const out = member.deactivated_at !== null
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={out ? t('members.reassign.title', { name }) : t('members.deactivate.title', { name })}
      description={out ? undefined : t('members.deactivate.text', { name, organization: organization.name })}
    >
      <DeactivateForm member={member} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function DeactivateForm({ member, onDone }: { member: Member; onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const heading = useId()
  const out = member.deactivated_at !== null
  const { data: known, isPending } = useQuery(memberQuery(member.user_id))
  const [choice, setChoice] = useState<'keep' | 'give'>(out ? 'give' : 'keep')
  const [heir, setHeir] = useState<string | null>(null)
  const heirs = useMembers().filter(({ user_id }) => user_id !== member.user_id)
  const deactivate = useDeactivate()
  const tell = useTellMemberProblem()
  const owned = Object.values(known?.owned ?? {}).reduce((sum, count) => sum + count, 0)
  const gives = owned > 0 && choice === 'give'

  function submit() {
    const reassign_to = gives ? heir : null
    deactivate.mutate(
      { user_id: member.user_id, reassign_to },
      {
        ...tell,
        onSuccess() {
          const heirName = heirs.find(({ user_id }) => user_id === reassign_to)?.full_name
          const moving = heirName ? t('members.toast.reassigning', { name: heirName }) : undefined
          if (out && moving) notify.success(moving)
          else notify.success(t('members.toast.deactivated', { name: member.full_name }), moving)
          onDone()
        },
      },
    )
  }

  return (
    <div className="flex flex-col gap-3 pb-2">
      <p id={heading} className="min-h-5 text-13 font-medium">
        {isPending
          ? null
          : owned > 0
            ? t('members.deactivate.owned', { count: owned, formatted: format.number(owned) })
            : t('members.deactivate.no_records')}
      </p>
      {owned > 0 && !out ? (
        <RadioList
          labelledBy={heading}
          value={choice}
          onChange={setChoice}
          className="-mx-2"
          choices={[
            { value: 'keep', label: t('members.deactivate.keep'), text: t('members.deactivate.keep_text') },
            { value: 'give', label: t('members.deactivate.give') },
          ]}
        />
      ) : null}
      {gives ? (
        <Field label={t('members.deactivate.heir')}>
          <Combobox
            value={heir}
            onChange={setHeir}
            options={heirs.map(({ user_id, full_name, email }) => ({
              value: user_id,
              label: full_name,
              detail: email,
              avatar: 'person' as const,
            }))}
          />
        </Field>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button
          variant={out ? 'primary' : 'danger'}
          loading={deactivate.isPending}
          disabled={(gives && heir === null) || (out && !gives)}
          onClick={submit}
        >
          {out ? t('members.reassign.submit') : t('members.deactivate.submit')}
        </Button>
      </div>
    </div>
  )
}
