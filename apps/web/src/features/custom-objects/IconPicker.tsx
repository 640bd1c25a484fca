import { cx } from '../../ui/cx.ts'
import type { Hue } from '../../ui/hue.ts'
import { objectIcons } from './icons.ts'

type Props = { label: string; value: string; hue: Hue; onChange: (name: string) => void }

/** Pictures to choose from, in the colour that was chosen; arrow keys go through them. */
export function IconPicker({ label, value, hue, onChange }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 text-12 font-medium">{label}</legend>
      <div data-hue={hue} className="grid grid-cols-[repeat(auto-fill,2.25rem)] gap-1">
        {Object.entries(objectIcons).map(([name, Icon]) => (
          <label
            key={name}
            className={cx(
              'flex size-9 cursor-pointer items-center justify-center rounded-base has-focus-visible:outline-2 has-focus-visible:outline-focus',
              name === value ? 'bg-hue-bg text-hue-ink' : 'text-muted hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name="object-icon"
              className="sr-only"
              aria-label={name.replaceAll('-', ' ')}
              checked={name === value}
              onChange={() => onChange(name)}
            />
            <Icon className="size-4.5" strokeWidth={1.75} aria-hidden />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
