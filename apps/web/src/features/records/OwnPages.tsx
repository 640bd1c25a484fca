import { useParams } from 'react-router'
import { NotFoundPage } from '../../app/RouteError.tsx'
import { useKinds, type RecordKind } from './kinds.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

function useOwnKind(): RecordKind | undefined {
  const { object } = useParams()
  return useKinds().find((kind) => kind.own && kind.object === object)
}

/** The records of an object that the organization made. It may be retired while one looks at them. */
export function OwnRecordsPage() {
  const kind = useOwnKind()
  return kind ? <RecordsPage key={kind.object} kind={kind} /> : <NotFoundPage />
}

export function OwnRecordPage() {
  const kind = useOwnKind()
  return kind ? <RecordPage key={kind.object} kind={kind} /> : <NotFoundPage />
}
