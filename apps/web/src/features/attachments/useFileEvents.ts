import { useEvents } from '../../app/realtime.ts'
import { readFilesAgain } from './api.ts'

/** What others add and take away is shown as it happens. */
export function useFileEvents(): void {
  useEvents((event) => {
    if (event.type.startsWith('attachment.')) readFilesAgain(event.record)
  })
}
