import { convertedObjects, type ConvertedObject } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { readNumber } from '../../ui/fields/readNumber.ts'
import type { ListedRecord } from '../records/stores.ts'
import { conversionQuery, useConvert } from './api.ts'
import { bodyOf, firstChoice, NEW, NONE, type Chosen, type Offers } from './choices.ts'
import { PartChoice } from './PartChoice.tsx'
import { useTakeBackConversion } from './useTakeBackConversion.ts'

type Props = { lead: ListedRecord; onClose: () => void }

/** Shows what the lead would become, lets one choose otherwise, and does it in one step. */
export function ConvertDialog({ lead, onClose }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(conversionQuery(lead.id))
  const proposal = query.data?.proposal
  // What one chooses from stays as it was first told: a conversion that is told before its answer comes, or that
  // somebody else was quicker with, does not take the form away.
  const [offers, setOffers] = useState<Offers | null>(null)
  if (proposal && !offers) setOffers({ ...proposal, deal: { matches: [], values: proposal.deal.values } })
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('conversion.title', { name: String(lead['full_name'] ?? '') })}
      description={t('conversion.text')}
    >
      {offers ? (
        <ConvertForm lead={lead} offers={offers} onClose={onClose} />
      ) : query.isError ? (
        <p role="alert" className="pb-4 text-13 text-danger-ink">
          {describe(query.error)}
        </p>
      ) : query.data?.conversion ? (
        <p className="pb-4 text-13 text-muted">{t('conversion.already')}</p>
      ) : (
        <Skeleton className="mb-4 h-40 w-full" />
      )}
    </Dialog>
  )
}

type FormProps = Props & { offers: Offers }

function ConvertForm({ lead, offers, onClose }: FormProps) {
  const { t, i18n } = useTranslation()
  const describe = useDescribeProblem()
  const convert = useConvert(lead.id)
  const takeBack = useTakeBackConversion(lead.id)
  const [chosen, setChosen] = useState<Record<ConvertedObject, Chosen>>(() => ({
    company: firstChoice('company', offers.company),
    contact: firstChoice('contact', offers.contact),
    deal: firstChoice('deal', offers.deal),
  }))
  const [problem, setProblem] = useState<string | null>(null)
  const valueOf = (typed: string) => (typed.trim() === '' ? null : readNumber(typed.trim(), i18n.language))
  const isNothing = convertedObjects.every((object) => chosen[object].choice === NONE)
  const unnamed = convertedObjects.some(
    (object) => chosen[object].choice === NEW && chosen[object].name.trim() === '',
  )
  const unreadable = chosen.deal.value.trim() !== '' && valueOf(chosen.deal.value) === null
  const undo = async () => {
    const used = await takeBack()
    if (used) notify.problem(t('conversion.not_taken_back'), t('conversion.used.hint'))
  }
  const submit = () => {
    if (unreadable) return setProblem(t('table.edit.number'))
    convert.mutate(bodyOf(offers, chosen, lead.version, valueOf), {
      onSuccess() {
        notify.undoable(t('conversion.done', { name: String(lead['full_name'] ?? '') }), () => void undo())
        onClose()
      },
      onError: (error) => setProblem(describe(error)),
    })
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {convertedObjects.map((object) => (
        <PartChoice
          key={object}
          object={object}
          offer={offers[object]}
          chosen={chosen[object]}
          currency={String(offers.deal.values?.['currency'] ?? '')}
          onChange={(next) => {
            setProblem(null)
            setChosen((known) => ({ ...known, [object]: next }))
          }}
        />
      ))}
      {problem === null ? null : (
        <p role="alert" className="text-12 text-danger-ink">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onClose}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" disabled={isNothing || unnamed} loading={convert.isPending}>
          {t('conversion.convert')}
        </Button>
      </div>
    </form>
  )
}
