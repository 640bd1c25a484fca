import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useEffect, useMemo, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { DefaultValues, FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { readDraft, useDraftKeeper } from './drafts.ts'
import { describeInvalid } from './invalid.ts'
import { isProblem, useDescribeProblem } from './problem.ts'

export type FormShellOptions<Values extends FieldValues, Output> = {
  /** A contract of the API or a form's own schema: checked on blur and on submit, in the reader's language. */
  schema: z.ZodType<Output, Values>
  defaults: DefaultValues<Values>
  /** What is typed survives a reload or a wrong turn under this name, in this tab. */
  draft_key?: string
  /** Fields that are never kept, such as passwords. */
  secret?: readonly Path<Values>[]
  submit: (values: Output) => Promise<void>
  /** Turns a refusal into a sentence of one's own; null leaves it to the general ones. */
  explain?: (error: unknown) => { field?: Path<Values>; message: string } | null
}

export type FormShell<Values extends FieldValues, Output> = {
  form: UseFormReturn<Values, unknown, Output>
  onSubmit: () => Promise<void>
  submitting: boolean
  /** What went wrong that belongs to no single field. */
  problem: string | null
  draft_restored: boolean
  discardDraft: () => void
}

/**
 * The one way to make a form: validation on blur and submit, the first error focused, the server's 422 errors put at
 * their fields, and a draft kept until the submit succeeds.
 */
export function useFormShell<Values extends FieldValues, Output>(
  options: FormShellOptions<Values, Output>,
): FormShell<Values, Output> {
  const { schema, defaults, draft_key, secret = [], submit, explain } = options
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [draft] = useState(() => readDraft<Values>(draft_key))
  const [restored, setRestored] = useState(draft !== null)
  const [problem, setProblem] = useState<string | null>(null)
  const resolver = useMemo(
    () => zodResolver(schema, { error: (issue) => describeInvalid(issue, t), reportInput: true }),
    [schema, t],
  )
  const form = useForm<Values, unknown, Output>({
    resolver,
    defaultValues: Object.assign({}, defaults, draft),
    mode: 'onBlur',
    reValidateMode: 'onChange',
    shouldFocusError: true,
  })
  const forgetDraft = useDraftKeeper(form, draft_key, secret)

  // A change of language must not leave old sentences behind.
  useEffect(() => {
    const wrong = Object.keys(form.formState.errors) as Path<Values>[]
    if (wrong.length > 0) void form.trigger(wrong)
  }, [t, form])

  const onSubmit = form.handleSubmit(async (values) => {
    setProblem(null)
    try {
      await submit(values)
      forgetDraft()
      setRestored(false)
    } catch (error) {
      const own = explain?.(error)
      if (own?.field) form.setError(own.field, { message: own.message }, { shouldFocus: true })
      else if (own) setProblem(own.message)
      else if (!placeFieldErrors(form, error, t)) setProblem(describe(error))
    }
  })

  return {
    form,
    onSubmit,
    submitting: form.formState.isSubmitting,
    problem,
    draft_restored: restored,
    discardDraft: () => {
      forgetDraft()
      setRestored(false)
      form.reset(defaults as Values)
    },
  }
}

/** Puts the entries of a 422 at their fields; says whether every one of them found its place. */
function placeFieldErrors<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  error: unknown,
  t: TFunction,
): boolean {
  const errors = isProblem(error) && error.status === 422 ? (error.problem.errors ?? []) : []
  const fields = form.getValues()
  const placed = errors.filter(({ path }) => path in fields)
  placed.forEach((entry, index) => {
    const message = describeInvalid(entry, t)
    form.setError(entry.path as Path<Values>, { message }, { shouldFocus: index === 0 })
  })
  return placed.length > 0 && placed.length === errors.length
}
