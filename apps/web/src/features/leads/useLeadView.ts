import { useCallback } from 'react'
import { useRecordView } from '../records/useRecordView.ts'

/** A view of leads also says of which pipeline, where that matters. */
export function useLeadView() {
  const { params, set, ...view } = useRecordView('lead')
  return {
    ...view,
    pipelineId: params.get('pipeline'),
    setPipeline: useCallback((id: string) => set('pipeline', id, false), [set]),
  }
}
