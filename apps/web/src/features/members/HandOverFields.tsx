import type { HandOver, HandOverPreview, Member } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { MembersEditor } from '../assignment/MembersEditor.tsx'
import { Share } from '../assignment/PreviewPanel.tsx'
import { useMemberName, usePreviewHandOver } from './api.ts'
import { strategies, targetOf, type HandOverForm } from './handOverForm.ts'

type Props = {
  member: Member
  heirs: readonly Member[]
  form: HandOverForm
  onChange: (form: HandOverForm) => void
}

/** To whom what a member owns goes, and a look at who would get how much of it. */
export function HandOverFields({ member, heirs, form, onChange }: Props) {
  const { t } = useTranslation()
  const change = (some: Partial<HandOverForm>) => onChange({ ...form, ...some })
  const target = targetOf(form)
  if (form.way === 'keep') return null
  if (form.way === 'give')
    return (
      <Field label={t('members.deactivate.heir')}>
        <Combobox
          value={form.heir}
          onChange={(heir) => change({ heir })}
          options={heirs.map(({ user_id, full_name, email }) => ({
            value: user_id,
            label: full_name,
            detail: email,
            avatar: 'person' as const,
          }))}
        />
      </Field>
    )
  return (
    <>
      {form.way === 'share' ? (
        <>
          <Field label={t('members.deactivate.how')}>
            <Select
              value={form.strategy}
              onChange={(strategy) => change({ strategy })}
              options={strategies.map((value) => ({ value, label: t(`assignment.strategies.${value}`) }))}
            />
          </Field>
          <MembersEditor
            strategy={form.strategy}
            members={form.members}
            without={member.user_id}
            onChange={(members) => change({ members })}
            problem={null}
          />
        </>
      ) : null}
      <Preview key={JSON.stringify(target)} member={member} target={target} />
    </>
  )
}

function Preview({ member, target }: { member: Member; target: HandOver | null }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const preview = usePreviewHandOver(member.user_id)
  return (
    <section aria-label={t('members.deactivate.preview')} className="flex flex-col items-start gap-2">
      <Button
        size="small"
        disabled={target === null}
        loading={preview.isPending}
        onClick={() => target && preview.mutate(target)}
      >
        {t('members.deactivate.preview')}
      </Button>
      <div aria-live="polite" className="w-full text-13">
        {preview.isError ? <p className="text-danger-ink">{describe(preview.error)}</p> : null}
        {preview.data ? <Shares preview={preview.data} member={member} /> : null}
      </div>
    </section>
  )
}

function Shares({ preview, member }: { preview: HandOverPreview; member: Member }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const { looked_at, owned, shares, kept } = preview
  return (
    <>
      {looked_at < owned ? (
        <p className="pb-1 text-muted">
          {t('members.deactivate.looked_at', {
            looked_at: format.number(looked_at),
            owned: format.number(owned),
          })}
        </p>
      ) : null}
      <ul className="flex flex-col">
        {shares.map(({ user_id, records }) => (
          <Share key={user_id} name={nameOf(user_id) ?? t('assignment.somebody')} count={records} />
        ))}
        {kept > 0 ? (
          <Share name={t('members.deactivate.kept', { name: member.full_name })} count={kept} />
        ) : null}
      </ul>
    </>
  )
}
