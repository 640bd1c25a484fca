import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AskedLine } from './AskedLine.tsx'
import { useAskedFields, type Asked } from './askedFields.ts'
import { useStageQuestion, type StageQuestion } from './stageQuestions.ts'
import { useTitleOf } from './useTitleOf.ts'

/** Asks for what a stage needs before the record on its way enters it. Stands once on each page that moves records. */
export function StageQuestionDialog() {
  const { t } = useTranslation()
  const question = useStageQuestion()
  return (
    <Dialog
      open={question !== null}
      onOpenChange={(open) => (open ? undefined : question?.answer(null))}
      size="small"
      title={question ? t('board.ask_title', { stage: question.stage.name }) : ''}
    >
      {question ? <Questions key={question.record.id + question.stage.id} {...question} /> : null}
    </Dialog>
  )
}

function Questions({ kind, record, stage, fields, answer }: StageQuestion) {
  const { t } = useTranslation()
  const name = useTitleOf(kind)(record)
  const asked = useAskedFields(kind, fields)
  const needed = useMemo(() => new Set(stage.required_fields), [stage])
  const schema = useMemo(
    () =>
      z.object(
        Object.fromEntries(
          asked.map(({ name: field, control, rule }) => [
            control,
            needed.has(field)
              ? rule.refine((value) => value !== null && value.length > 0, t('common.invalid.required'))
              : rule,
          ]),
        ),
      ),
    [asked, needed, t],
  )
  const shell = useFormShell<Asked, Asked>({
    schema,
    defaults: Object.fromEntries(asked.map(({ control, blank }) => [control, blank])),
    submit: (typed) => {
      const answers = asked.map(({ name: field, control, read }) => [field, read(typed[control] ?? null)])
      answer(Object.fromEntries(answers.filter(([, value]) => value !== null)))
      return Promise.resolve()
    },
  })
  return (
    <Form shell={shell}>
      <p className="text-13 text-muted">{t('board.ask_text', { name, stage: stage.name })}</p>
      {asked.map((field) => (
        <AskedLine key={field.name} field={field} shell={shell} required={needed.has(field.name)} />
      ))}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => answer(null)}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary">
          {t('board.ask_submit')}
        </Button>
      </div>
    </Form>
  )
}
