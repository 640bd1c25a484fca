import type { CustomField, CustomFieldType } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { FieldForm } from './FieldForm.tsx'
import { TypePicker } from './TypePicker.tsx'

type Props = { object: string; editing: CustomField | 'new' | null; onClose: () => void }

/** Makes a field, its type first, or changes one. */
export function FieldDialog({ object, editing, onClose }: Props) {
  const { t } = useTranslation()
  const field = editing === 'new' ? null : editing
  return (
    <Dialog
      open={editing !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={field ? field.label : t('customFields.new')}
      size="normal"
    >
      {field ? (
        <FieldForm key={field.id} object={object} field={field} type={field.type} onDone={onClose} />
      ) : null}
      {editing === 'new' ? <NewField object={object} onDone={onClose} /> : null}
    </Dialog>
  )
}

function NewField({ object, onDone }: { object: string; onDone: () => void }) {
  const [type, setType] = useState<CustomFieldType | null>(null)
  if (type === null) return <TypePicker onPick={setType} />
  return <FieldForm object={object} field={null} type={type} onBack={() => setType(null)} onDone={onDone} />
}
