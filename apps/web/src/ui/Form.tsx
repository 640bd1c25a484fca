import { CircleAlert } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import type { ControllerRenderProps, FieldValues, Path } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import type { FormShell } from './useFormShell.ts'

/**
 * A field that is left shows its error, and what stands below it moves: the button that was pressed would be gone
 * from under the pointer before the click. So pressing a button does not leave the field.
 */
function keepFieldWhilePressing(form: HTMLFormElement): () => void {
  const onPress = (event: MouseEvent) => {
    const pressed = event.target instanceof Element ? event.target.closest('button') : null
    if (pressed && !pressed.hasAttribute('role') && !pressed.hasAttribute('aria-haspopup'))
      event.preventDefault()
  }
  form.addEventListener('mousedown', onPress)
  return () => form.removeEventListener('mousedown', onPress)
}

type FormProps<Values extends FieldValues, Output> = {
  shell: FormShell<Values, Output>
  className?: string
  children: ReactNode
}

export function Form<Values extends FieldValues, Output>({
  shell,
  className,
  children,
}: FormProps<Values, Output>) {
  const { t } = useTranslation()
  return (
    <form
      ref={keepFieldWhilePressing}
      noValidate
      className={cx('flex flex-col gap-4', className)}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void shell.onSubmit()
      }}
    >
      {shell.draft_restored ? (
        <p className="flex items-center justify-between gap-2 text-12 text-muted">
          {t('common.field.draft_restored')}
          <Button variant="ghost" size="small" onClick={shell.discardDraft}>
            {t('common.field.discard_draft')}
          </Button>
        </p>
      ) : null}
      {shell.problem ? <FormProblem>{shell.problem}</FormProblem> : null}
      {children}
    </form>
  )
}

type ActionsProps = { submit: string; busy: boolean; onCancel: () => void }

/** How a form in a dialog ends: what sends it comes last. */
export function FormActions({ submit, busy, onCancel }: ActionsProps) {
  const { t } = useTranslation()
  return (
    <div className="flex justify-end gap-2">
      <Button variant="ghost" onClick={onCancel}>
        {t('common.action.cancel')}
      </Button>
      <Button type="submit" variant="primary" loading={busy}>
        {submit}
      </Button>
    </div>
  )
}

/** A refusal that belongs to no single field. */
export function FormProblem({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-base bg-danger-soft px-2.5 py-2 text-12 text-danger-ink"
    >
      <CircleAlert className="mt-px size-4 shrink-0" strokeWidth={1.75} aria-hidden />
      <span>{children}</span>
    </div>
  )
}

type FormFieldProps<Values extends FieldValues, Output, Name extends Path<Values>> = Omit<
  FieldProps,
  'children' | 'error' | 'name'
> & {
  shell: FormShell<Values, Output>
  name: Name
  /** Gets value, onChange, onBlur, name and ref: spread them on an Input, or pass them on to a Select. */
  children: (control: ControllerRenderProps<Values, Name>) => ReactElement
}

/** A field of the form with its label, hint and error. */
export function FormField<Values extends FieldValues, Output, Name extends Path<Values>>(
  props: FormFieldProps<Values, Output, Name>,
) {
  const { shell, name, children, ...field } = props
  return (
    <Controller
      control={shell.form.control}
      name={name}
      render={({ field: control, fieldState }) => (
        <Field {...field} error={fieldState.error?.message}>
          {children(control)}
        </Field>
      )}
    />
  )
}
