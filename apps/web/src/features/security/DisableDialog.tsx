import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useDisableTwoFactor } from './api.ts'
import { proofOf } from './proof.ts'

type Props = { withPassword: boolean; onClose: () => void }

export function DisableDialog({ withPassword, onClose }: Props) {
  const { t } = useTranslation()
  const disable = useDisableTwoFactor()
  const shell = useFormShell({
    schema: z.object({
      password: withPassword ? z.string().min(1) : z.string(),
      code: z.string().trim().min(1),
    }),
    defaults: { password: '', code: '' },
    async submit({ password, code }) {
      await disable.mutateAsync({ ...(withPassword ? { password } : {}), proof: proofOf(code) })
      notify.success(t('security.two_factor.turned_off'))
      onClose()
    },
    explain: (error) =>
      isProblem(error) && (error.code === 'wrong_proof' || error.status === 422)
        ? { message: t('security.disable.wrong') }
        : null,
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="small"
      title={t('security.disable.title')}
      description={t('security.disable.text')}
    >
      <Form shell={shell}>
        {withPassword ? (
          <FormField shell={shell} name="password" label={t('security.disable.password')}>
            {(field) => <PasswordInput {...field} autoComplete="current-password" />}
          </FormField>
        ) : null}
        <FormField shell={shell} name="code" label={t('security.disable.code')}>
          {(field) => <Input {...field} autoComplete="one-time-code" spellCheck={false} />}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button type="submit" variant="danger" loading={shell.submitting}>
            {t('security.disable.confirm')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
