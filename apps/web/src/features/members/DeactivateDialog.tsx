import type { Member } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { memberQuery, useDeactivate, useHandOver, useMembers } from './api.ts'
import { HandOverFields } from './HandOverFields.tsx'
import { blankHandOver, targetOf, ways, type HandOverForm } from './handOverForm.ts'
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
  const [form, setForm] = useState<HandOverForm>({ ...blankHandOver, way: out ? 'give' : 'keep' })
  const heirs = useMembers().filter(({ user_id }) => user_id !== member.user_id)
  const deactivate = useDeactivate()
  const handOver = useHandOver(member.user_id)
  const tell = useTellMemberProblem()
  const owned = Object.values(known?.owned ?? {}).reduce((sum, count) => sum + count, 0)
  const gives = owned > 0 && form.way !== 'keep'
  const target = gives ? targetOf(form) : null

  function finish() {
    const heir =
      target?.strategy === 'member' ? heirs.find(({ user_id }) => user_id === target.user_id) : undefined
    const moving = heir
      ? t('members.toast.reassigning', { name: heir.full_name })
      : target
        ? t('members.toast.handing_over')
        : undefined
    if (out && moving) notify.success(moving)
    else notify.success(t('members.toast.deactivated', { name: member.full_name }), moving)
    onDone()
  }
  /** Shut out first, so that nothing new comes in behind what is given away. */
  function submit() {
    const share = () => (target ? handOver.mutate(target, { ...tell, onSuccess: finish }) : finish())
    if (out) share()
    else if (target?.strategy === 'member' || target === null)
      deactivate.mutate(
        { user_id: member.user_id, reassign_to: target?.user_id ?? null },
        { ...tell, onSuccess: finish },
      )
    else
      deactivate.mutate({ user_id: member.user_id, reassign_to: null }, { ...tell, onSuccess: () => share() })
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
      {owned > 0 ? (
        <>
          <RadioList
            labelledBy={heading}
            value={form.way}
            onChange={(way) => setForm({ ...form, way })}
            className="-mx-2"
            choices={ways
              .filter((way) => way !== 'keep' || !out)
              .map((way) => ({
                value: way,
                label: t(`members.deactivate.${way}`),
                ...(way === 'keep' || way === 'rules' ? { text: t(`members.deactivate.${way}_text`) } : {}),
              }))}
          />
          <HandOverFields member={member} heirs={heirs} form={form} onChange={setForm} />
        </>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button
          variant={out ? 'primary' : 'danger'}
          loading={deactivate.isPending || handOver.isPending}
          disabled={(gives && target === null) || (out && !gives)}
          onClick={submit}
        >
          {out ? t('members.reassign.submit') : t('members.deactivate.submit')}
        </Button>
      </div>
    </div>
  )
}
