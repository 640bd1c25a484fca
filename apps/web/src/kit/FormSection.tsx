import { RapportProblem } from '@rapport/sdk'
import { z } from 'zod'
import { Button } from '../ui/Button.tsx'
import { Form, FormField } from '../ui/Form.tsx'
import { Input } from '../ui/Input.tsx'
import { notify } from '../ui/notify.ts'
import { useFormShell } from '../ui/useFormShell.ts'
import { Section } from './Section.tsx'

const Lead = z.strictObject({
  full_name: z.string().trim().min(1).max(200),
  email: z.email(),
})

/** Submitting with the name “taken” shows how a server's 422 finds its field. */
function refuseTaken(full_name: string): void {
  if (full_name !== 'taken') return
  throw new RapportProblem({
    type: 'about:blank',
    title: 'Invalid',
    status: 422,
    detail: 'Invalid',
    code: 'invalid',
    request_id: 'kit',
    errors: [{ path: 'full_name', code: 'taken', message: 'taken' }],
  })
}

export function FormSection() {
  const shell = useFormShell({
    schema: Lead,
    defaults: { full_name: '', email: '' },
    draft_key: 'kit',
    submit: async ({ full_name }) => {
      refuseTaken(full_name)
      notify.success('Saved')
    },
  })
  return (
    <Section title="Form">
      <Form shell={shell} className="max-w-sm">
        <FormField shell={shell} name="full_name" label="Name">
          {(field) => <Input {...field} />}
        </FormField>
        <FormField shell={shell} name="email" label="E-mail">
          {(field) => <Input {...field} type="email" />}
        </FormField>
        <Button type="submit" variant="primary" loading={shell.submitting} className="self-start">
          Save
        </Button>
      </Form>
    </Section>
  )
}
