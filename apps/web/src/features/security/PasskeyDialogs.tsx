import { line, type Passkey } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useAddPasskey, useRemovePasskey, useRenamePasskey } from './api.ts'
import { useSecurityProblem, useTellProblem } from './useTellProblem.ts'

type NameProps = {
  title: string
  initial: string
  submit: string
  save: (name: string) => Promise<unknown>
  onClose: () => void
}

function NameDialog({ title, initial, submit, save, onClose }: NameProps) {
  const { t } = useTranslation()
  const explain = useSecurityProblem()
  const shell = useFormShell({
    schema: z.object({ name: line(100) }),
    defaults: { name: initial },
    async submit({ name }) {
      await save(name)
      onClose()
    },
    explain: (error) => {
      const message = explain(error)
      return message === null ? null : { message }
    },
  })
  return (
    <Dialog open onOpenChange={onClose} size="small" title={title}>
      <Form shell={shell}>
        <FormField
          shell={shell}
          name="name"
          label={t('security.passkeys.name')}
          hint={t('security.passkeys.name_hint')}
        >
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormActions submit={submit} busy={shell.submitting} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}

type NewProps = { options: Record<string, unknown>; onClose: () => void }

export function NewPasskeyDialog({ options, onClose }: NewProps) {
  const { t } = useTranslation()
  const add = useAddPasskey()
  return (
    <NameDialog
      title={t('security.passkeys.add')}
      initial={t('security.passkeys.default_name')}
      submit={t('security.passkeys.go_on')}
      save={async (name) => {
        await add.mutateAsync({ name, options })
        notify.success(t('security.passkeys.added', { name }))
      }}
      onClose={onClose}
    />
  )
}

type Props = { passkey: Passkey; onClose: () => void }

export function RenamePasskeyDialog({ passkey, onClose }: Props) {
  const { t } = useTranslation()
  const rename = useRenamePasskey()
  return (
    <NameDialog
      title={t('security.passkeys.rename_title')}
      initial={passkey.name}
      submit={t('common.action.save')}
      save={(name) => rename.mutateAsync({ id: passkey.id, name })}
      onClose={onClose}
    />
  )
}

export function RemovePasskeyDialog({ passkey, onClose }: Props) {
  const { t } = useTranslation()
  const { name } = passkey
  const tell = useTellProblem()
  const remove = useRemovePasskey()
  return (
    <RemovalDialog
      title={t('security.passkeys.remove_title', { name })}
      text={t('security.passkeys.remove_text')}
      confirm={t('security.passkeys.remove_confirm')}
      onConfirm={() =>
        remove.mutate(passkey.id, {
          onSuccess: () => notify.success(t('security.passkeys.removed', { name })),
          onError: tell,
          onSettled: onClose,
        })
      }
      onClose={onClose}
    />
  )
}

type RemovalProps = {
  title: string
  text: string
  confirm: string
  onConfirm: () => void
  onClose: () => void
}

/** Away while it is done, because the question who one is may come in between. */
export function RemovalDialog({ title, text, confirm, onConfirm, onClose }: RemovalProps) {
  const [asking, setAsking] = useState(true)
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={onClose}
      title={title}
      description={text}
      confirm={confirm}
      onConfirm={() => {
        setAsking(false)
        onConfirm()
      }}
    />
  )
}
