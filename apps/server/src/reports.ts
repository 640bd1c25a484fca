/** Reports of unexpected errors; the code of it is loaded only where they are wanted. */
import type { Environment } from './platform/environment.ts'
import type { ErrorReports } from './platform/telemetry/error-reports.ts'
import { version } from './version.ts'

export async function openReports({ sentryDsn: dsn, production }: Environment): Promise<ErrorReports | null> {
  if (dsn === undefined) return null
  const { openErrorReports } = await import('./platform/telemetry/error-reports.ts')
  return openErrorReports({ dsn, version, production })
}
