import { colors, type Color } from '@rapport/contracts'
import { Plus } from 'lucide-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Input.tsx'
import { useCreateTag, useTags } from './api.ts'
import { ColorSelect } from './TagRow.tsx'
import { useTellTagProblem } from './useTellTagProblem.ts'

/** Makes one tag after the other: the field is empty again as soon as a tag is there. */
export function NewTagForm() {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<Color | null>(null)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const { length } = useTags()
  const color = chosen ?? colors[1 + (length % (colors.length - 1))] ?? 'slate'
  const tell = useTellTagProblem()
  const create = useCreateTag()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return field.current?.focus()
    create.mutate(
      { key, body: { name, color } },
      {
        ...tell,
        onSuccess() {
          setName('')
          setChosen(null)
          field.current?.focus()
        },
        // What was refused may be sent again in another form; a key stands for one body.
        onSettled: () => setKey(crypto.randomUUID()),
      },
    )
  }
  return (
    <form
      onSubmit={submit}
      aria-label={t('tags.new')}
      className="grid grid-cols-[7.5rem_minmax(0,1fr)_auto] items-center gap-2 pb-4 sm:grid-cols-[8rem_minmax(8rem,20rem)_auto_1fr]"
    >
      <ColorSelect label={t('tags.color')} value={color} onChange={setChosen} />
      <Input
        ref={field}
        size="small"
        aria-label={t('tags.name')}
        placeholder={t('tags.name')}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="small" icon={Plus} loading={create.isPending}>
        {t('tags.new')}
      </Button>
    </form>
  )
}
