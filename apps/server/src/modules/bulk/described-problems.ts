/** The codes of jobs. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    bulk: typeof bulkProblems
  }
}

export const bulkProblems = {
  404: {
    job_not_found: ['The caller has no such job in this organization.', 'Look it up in GET /api/jobs.'],
  },
  409: {
    job_over: ['The job has ended, so there is nothing to stop.', 'Look at state in current.'],
    job_running: ['The job is still at work.', 'Cancel it, or wait for its end.'],
    job_undone: ['The job was taken back, or is about to be.', 'Follow the job in undone_by of current.'],
    undo_over: [
      'The job is an undo itself, changed nothing, or is older than 24 hours.',
      'Change the records by hand or by another job.',
    ],
  },
} as const satisfies ProblemDescriptions
