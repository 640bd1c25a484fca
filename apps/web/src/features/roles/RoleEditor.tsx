import { line, RoleFieldRules, RoleGrants, type RoleRecord } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { Textarea } from '../../ui/Textarea.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useUpdateRole } from './api.ts'
import { FieldRuleEditor } from './FieldRuleEditor.tsx'
import { GrantEditor } from './GrantEditor.tsx'
import { useExplainRoleProblem } from './useRoleProblem.ts'

const Typed = z.object({
  name: line(80),
  description: z.string().trim().max(500),
  grants: RoleGrants,
  field_rules: RoleFieldRules,
})

export function RoleEditor({ role, onDone }: { role: RoleRecord; onDone: () => void }) {
  const { t } = useTranslation()
  const update = useUpdateRole()
  const shell = useFormShell({
    schema: Typed,
    defaults: {
      name: role.name,
      description: role.description ?? '',
      grants: role.grants,
      field_rules: role.field_rules,
    },
    explain: useExplainRoleProblem(),
    async submit(values) {
      await update.mutateAsync({ id: role.id, body: { ...values, version: role.version ?? undefined } })
      notify.success(t('roles.saved', { name: values.name }), t('roles.saved_text'))
      onDone()
    },
  })
  const { form } = shell
  return (
    <Form shell={shell} className="min-h-full gap-5 p-4 pb-0">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField shell={shell} name="name" label={t('roles.name')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField shell={shell} name="description" label={t('roles.description')} optional>
          {(field) => <Textarea {...field} rows={1} />}
        </FormField>
      </div>
      <GrantEditor
        value={form.watch('grants')}
        onChange={(grants) => form.setValue('grants', grants, { shouldDirty: true })}
      />
      <FieldRuleEditor
        value={form.watch('field_rules')}
        onChange={(rules) => form.setValue('field_rules', rules, { shouldDirty: true })}
      />
      <div className="sticky bottom-0 -mx-4 mt-auto flex items-center justify-end gap-2 border-t border-line bg-base px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <span className="mr-auto text-12 text-muted">
          {role.member_count > 0 ? t('roles.affects', { count: role.member_count }) : null}
        </span>
        <Button variant="ghost" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting} disabled={!form.formState.isDirty}>
          {t('common.action.save')}
        </Button>
      </div>
    </Form>
  )
}
