import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useMembers } from '../members/api.ts'

type Props = {
  open: boolean
  onClose: () => void
  count: number
  /** Whether rules hand out such records. */
  hasRules: boolean
  onChosen: (wish: { owner_id: string | null } | { by_rules: true }) => void
}

const nobody = 'nobody'
const byRules = 'rules'

/** Gives many records to a member, to nobody, or each to whom the rules choose. */
export function AssignDialog({ open, onClose, count, hasRules, onChosen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const members = useMembers()
  const [owner, setOwner] = useState<string | null>(null)
  const options = useMemo(
    () => [
      ...members.map(({ user_id, full_name }) => ({
        value: user_id,
        label: full_name,
        avatar: 'person' as const,
      })),
      { value: nobody, label: t('bulk.nobody') },
      ...(hasRules ? [{ value: byRules, label: t('bulk.by_rules') }] : []),
    ],
    [members, hasRules, t],
  )
  const close = () => {
    setOwner(null)
    onClose()
  }
  return (
    <Dialog
      size="small"
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      title={t('bulk.assign_title', { count, formatted: format.number(count) })}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {t('common.action.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={owner === null}
            onClick={() => {
              close()
              onChosen(owner === byRules ? { by_rules: true } : { owner_id: owner === nobody ? null : owner })
            }}
          >
            {t('bulk.assign_do')}
          </Button>
        </>
      }
    >
      <Field label={t('records.field.owner_id')}>
        <Combobox
          value={owner}
          onChange={setOwner}
          options={options}
          placeholder={t('common.field.choose')}
        />
      </Field>
    </Dialog>
  )
}
