import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { FeatureOff } from '../../app/FeatureOff.tsx'
import { useMay, useMe } from '../../app/session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { importsQuery } from './api.ts'
import { DropVeil } from './DropVeil.tsx'
import { ImportRow } from './ImportRow.tsx'
import { UploadZone } from './UploadZone.tsx'
import { useFileIntake } from './useFileIntake.ts'
import { useImportKinds } from './useImportKinds.ts'

export function ImportsPage() {
  const { t } = useTranslation()
  const mayImport = useMay('leads:import')
  const isOn = useMe().features.imports
  return (
    <Page title={t('imports.title')}>
      {mayImport ? <Imports /> : isOn ? <ErrorState title={t('common.problem.forbidden')} /> : <FeatureOff />}
    </Page>
  )
}

function Imports() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(importsQuery)
  const chooser = useRef<HTMLInputElement>(null)
  const kinds = useImportKinds()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('object')
  const object = kinds.find((kind) => kind.object === asked)?.object ?? kinds[0]?.object ?? 'lead'
  const take = useFileIntake(object)
  useHotkeys([
    {
      keys: 'c',
      label: t('imports.choose'),
      group: t('imports.title'),
      run: () => chooser.current?.click(),
    },
  ])
  const items = query.data
  return (
    <div className="flex flex-col gap-4">
      <DropVeil onFiles={take} />
      <UploadZone
        welcome={items?.length === 0}
        onFiles={take}
        chooser={chooser}
        kinds={kinds}
        object={object}
        onObject={(next) => setSearch({ object: next }, { replace: true })}
      />
      {items && items.length > 0 ? (
        <ul aria-label={t('imports.list.label')}>
          {items.map((shown) => (
            <ImportRow key={shown.id} shown={shown} />
          ))}
        </ul>
      ) : null}
      {query.isPending ? <SkeletonRows rows={4} label={t('common.state.loading')} /> : null}
      {query.isError && !items ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
    </div>
  )
}
