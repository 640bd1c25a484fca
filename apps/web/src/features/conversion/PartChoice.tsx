import type { ConvertedObject } from '@rapport/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Input } from '../../ui/Input.tsx'
import { RadioList, type RadioChoice } from '../../ui/RadioList.tsx'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { NEW, NONE, titleFields, type Chosen, type Offer } from './choices.ts'

type Props = {
  object: ConvertedObject
  offer: Offer
  chosen: Chosen
  /** Of the worth of a deal. */
  currency: string
  onChange: (chosen: Chosen) => void
}

/** One of the three: a record that is there, with what speaks for it, a new one, or none. */
export function PartChoice({ object, offer, chosen, currency, onChange }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const labelOf = useFieldLabel()
  const { edits } = useFieldAccess('deal')
  const choices: RadioChoice<string>[] = [
    ...offer.matches.map(({ id: value, name, by }) => ({
      value,
      label: name,
      text: t(`conversion.by.${by}`),
    })),
    ...(offer.values ? [{ value: NEW, label: t(`conversion.new.${object}`) }] : []),
    { value: NONE, label: t(`conversion.none.${object}`) },
  ]
  return (
    <section>
      <h3 id={id} className="mb-1 text-12 font-medium text-muted">
        {t(`records.${object}.one`)}
      </h3>
      <div className="rounded-base border border-line p-1">
        <RadioList
          labelledBy={id}
          value={chosen.choice}
          onChange={(choice) => onChange({ ...chosen, choice })}
          className="flex flex-col"
          choices={choices}
        />
        {chosen.choice === NEW ? (
          <div className="flex flex-col gap-2 px-2 pt-1 pb-2 pl-8.5 sm:flex-row">
            <Input
              aria-label={`${t(`records.${object}.one`)}: ${labelOf(titleFields[object])}`}
              value={chosen.name}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => onChange({ ...chosen, name: event.target.value })}
            />
            {object === 'deal' && edits('value') ? (
              <Input
                aria-label={`${t('records.deal.one')}: ${labelOf('value')}`}
                className="sm:w-44"
                inputMode="decimal"
                value={chosen.value}
                placeholder={labelOf('value')}
                trailing={<span className="px-2">{currency}</span>}
                onChange={(event) => onChange({ ...chosen, value: event.target.value })}
              />
            ) : null}
          </div>
        ) : null}
      </div>
    </section>
  )
}
