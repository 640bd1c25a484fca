import { isTagId } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useNewTag, useTagOptions } from '../tags/choices.ts'

type Wish = { add: string[]; remove: string[] }
type Props = { open: boolean; onClose: () => void; count: number; onChosen: (wish: Wish) => void }

const nothing: Wish = { add: [], remove: [] }

/** Puts tags on many records and takes others off; those that are not named stay. */
export function TagDialog({ open, onClose, count, onChosen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const known = useTagOptions()
  const make = useNewTag()
  const [wish, setWish] = useState(nothing)
  const close = () => {
    setWish(nothing)
    onClose()
  }
  // What is made goes by its name until the server knows it.
  const made = wish.add.filter((text) => !isTagId(text)).map((name) => ({ value: name, label: name }))
  return (
    <Dialog
      size="small"
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      title={t('bulk.tag_title', { count, formatted: format.number(count) })}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {t('common.action.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={wish.add.length + wish.remove.length === 0}
            onClick={() => {
              close()
              onChosen(wish)
            }}
          >
            {t('bulk.tag_do')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('bulk.tag_add')}>
          <MultiCombobox
            options={[...known, ...made]}
            value={wish.add}
            onChange={(add) => setWish({ ...wish, add })}
            make={make}
          />
        </Field>
        <Field label={t('bulk.tag_remove')}>
          <MultiCombobox
            options={known}
            value={wish.remove}
            onChange={(remove) => setWish({ ...wish, remove })}
          />
        </Field>
      </div>
    </Dialog>
  )
}
