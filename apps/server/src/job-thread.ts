/** The thread of the long jobs: the whole foundation, which nobody calls and whose subscriptions and queues rest. */
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { layFoundation } from './foundation.ts'
import { readEnvironment } from './platform/environment.ts'
import { tellCommit, workOnOrders } from './platform/job-thread/orders.ts'
import { createLog } from './platform/log/index.ts'
import { openReports } from './reports.ts'

/** A long job reads or writes in one transaction at a time, and a few may run at once. */
const connections = 4

workOnOrders(async () => {
  const { databaseUrl } = z.object({ databaseUrl: z.string() }).parse(workerData)
  const environment = { ...readEnvironment(), role: 'web' as const }
  const reports = await openReports(environment)
  const log = createLog({ environment, onError: reports?.report })
  const foundation = await layFoundation({
    environment,
    databaseUrl,
    log,
    connections,
    committed: tellCommit,
  })
  // What a long job queues is taken by those who work.
  await foundation.jobs.start()
  return {
    log,
    run: foundation.jobs.run,
    async stop() {
      await foundation.jobs.stop()
      await foundation.platform.refusals.close()
      foundation.platform.limits.close()
      await foundation.database.close()
      await reports?.flush()
    },
  }
})
