/** A worker process that takes a job and never ends it, to be killed by a test: `node … <database url>`. */
import { pino } from 'pino'
import { createJobs } from './jobs.ts'

const url = process.argv[2] ?? ''
const jobs = createJobs({ database: { url }, log: pino({ level: 'silent' }), role: 'worker' })
jobs.work('orphaned', async () => {
  process.stdout.write('taken\n')
  await new Promise(() => undefined)
})
await jobs.start()
process.stdout.write('working\n')
