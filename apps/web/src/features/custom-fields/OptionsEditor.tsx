import { colors, type Color } from '@rapport/contracts'
import { Plus, X } from 'lucide-react'
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ColourDot } from '../../ui/ColourDot.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { Menu, MenuChoices } from '../../ui/Menu.tsx'
import { SortableList } from '../../ui/SortableList.tsx'
import { blankOption, type TypedOption } from './typedField.ts'

type Props = { options: TypedOption[]; onChange: (options: TypedOption[]) => void }

/** The choices of a select: named, coloured, put in order. A pasted list becomes an option for each line. */
export function OptionsEditor({ options, onChange }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const added = useRef<string | null>(null)
  useEffect(() => {
    const id = added.current
    added.current = null
    if (id !== null) list.current?.querySelector<HTMLInputElement>(`[data-option="${id}"]`)?.focus()
  })
  const add = (after: number) => {
    const option = blankOption(options.length)
    added.current = option.id
    onChange(options.toSpliced(after, 0, option))
  }
  const patch = (id: string, change: Partial<TypedOption>) =>
    onChange(options.map((option) => (option.id === id ? { ...option, ...change } : option)))
  const paste = (event: ClipboardEvent, index: number) => {
    const lines = event.clipboardData
      .getData('text/plain')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean)
    if (lines.length < 2) return
    event.preventDefault()
    const made = lines.map((label, place) => ({ ...blankOption(options.length + place), label }))
    const replaced = options[index]?.label === '' ? 1 : 0
    onChange(options.toSpliced(index + 1 - replaced, replaced, ...made))
  }
  return (
    <div ref={list} className="flex flex-col gap-1">
      <SortableList
        label={t('customFields.options')}
        items={options}
        idOf={({ id }) => id}
        nameOf={({ label }) => label}
        onMove={(id, to) => {
          const moved = options.find((option) => option.id === id)
          if (moved) onChange(options.filter((option) => option !== moved).toSpliced(to, 0, moved))
        }}
        className="flex flex-col gap-1"
      >
        {(option, handle, index) => (
          <div className="flex items-center gap-1">
            {handle}
            <HueMenu option={option} onChange={(color) => patch(option.id, { color })} />
            <Input
              data-option={option.id}
              aria-label={t('customFields.option_name')}
              value={option.label}
              onChange={(event) => patch(option.id, { label: event.target.value })}
              onPaste={(event: ClipboardEvent) => paste(event, index)}
              onKeyDown={(event: KeyboardEvent) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                add(index + 1)
              }}
              autoComplete="off"
            />
            <IconButton
              icon={X}
              label={t('common.action.remove', { name: option.label })}
              disabled={options.length === 1}
              onClick={() => onChange(options.filter((other) => other !== option))}
            />
          </div>
        )}
      </SortableList>
      <Button
        variant="ghost"
        size="small"
        icon={Plus}
        className="self-start"
        onClick={() => add(options.length)}
      >
        {t('customFields.add_option')}
      </Button>
    </div>
  )
}

function HueMenu({ option, onChange }: { option: TypedOption; onChange: (color: Color) => void }) {
  const { t } = useTranslation()
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('customFields.colour_of', {
            name: option.label,
            colour: t(`pipelines.colors.${option.color}`),
          })}
          className="inline-flex size-control shrink-0 items-center justify-center rounded-base hover:bg-hover"
        >
          <ColourDot hue={option.color} />
        </button>
      }
    >
      <MenuChoices<Color>
        value={option.color}
        onChange={onChange}
        choices={colors.map((color) => ({
          value: color,
          label: (
            <span className="flex items-center gap-2">
              <ColourDot hue={color} />
              {t(`pipelines.colors.${color}`)}
            </span>
          ),
        }))}
      />
    </Menu>
  )
}
