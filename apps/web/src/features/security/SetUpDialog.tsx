import { TotpCode } from '@rapport/contracts'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY } from '../../app/rapport.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useEnableTwoFactor } from './api.ts'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'
import { useCopy } from './useCopy.ts'

type Secret = { secret: string; otpauth_url: string; qr_code: string }
type Props = { secret: Secret; onClose: (done: boolean) => void }

export function SetUpDialog({ secret, onClose }: Props) {
  const { t } = useTranslation()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes !== null)
    return (
      <RecoveryCodesDialog
        codes={codes}
        onDone={() => {
          void queryClient.invalidateQueries({ queryKey: ME_KEY })
          onClose(true)
        }}
      />
    )
  return (
    <Dialog open onOpenChange={() => onClose(false)} title={t('security.set_up.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-13">{t('security.set_up.scan')}</p>
        <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
          {/* White in every theme: many cameras cannot read it inverted. */}
          <img
            src={secret.qr_code}
            alt={t('security.set_up.picture')}
            className="size-44 shrink-0 rounded-base border border-line bg-white"
          />
          <div className="flex w-full min-w-0 flex-col items-start gap-3">
            <SecretText secret={secret.secret} />
            {/* On the phone itself there is no second device to scan with. */}
            <a
              href={secret.otpauth_url}
              className="text-13 font-medium text-accent-ink hover:underline sm:hidden"
            >
              {t('security.set_up.open')}
            </a>
          </div>
        </div>
        <FirstCode onEnabled={setCodes} />
      </div>
    </Dialog>
  )
}

const inGroups = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

function SecretText({ secret }: { secret: string }) {
  const { t } = useTranslation()
  const copy = useCopy()
  return (
    <Field label={t('security.set_up.by_hand')} className="w-full min-w-0">
      <div className="flex items-start gap-1 rounded-base bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 py-1.5 font-mono text-12 break-words">{inGroups(secret)}</code>
        <IconButton icon={Copy} label={t('security.set_up.copy')} onClick={() => void copy(secret)} />
      </div>
    </Field>
  )
}

const Typed = z.object({ code: TotpCode })

function FirstCode({ onEnabled }: { onEnabled: (codes: readonly string[]) => void }) {
  const { t } = useTranslation()
  const enable = useEnableTwoFactor()
  const shell = useFormShell({
    schema: Typed,
    defaults: { code: '' },
    submit: async (values) => onEnabled((await enable.mutateAsync(values)).recovery_codes),
    explain: (error) =>
      isProblem(error) && error.code === 'wrong_proof'
        ? { field: 'code', message: t('security.set_up.wrong') }
        : null,
  })
  return (
    <Form shell={shell}>
      <FormField
        shell={shell}
        name="code"
        label={t('security.set_up.code')}
        hint={t('security.set_up.code_hint')}
      >
        {(field) => <Input {...field} inputMode="numeric" autoComplete="one-time-code" className="tabular" />}
      </FormField>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t('security.set_up.turn_on')}
        </Button>
      </div>
    </Form>
  )
}
