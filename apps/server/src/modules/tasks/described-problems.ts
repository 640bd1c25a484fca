/** The codes of tasks. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    tasks: typeof taskProblems
  }
}

export const taskProblems = {
  404: {
    task_not_found: [
      'There is no such task in this organization, or the caller may not see it.',
      'Look for it with GET /api/crm/tasks.',
    ],
  },
  409: {
    task_in_trash: ['The task is in the trash.', 'Restore it first: POST /api/crm/tasks/{id}/restore.'],
  },
  fields: {
    needs_due_date: [
      'A task that recurs has no due date to count from.',
      'Give due_at together with the recurrence, or take the recurrence away.',
    ],
    unknown_recurrence: [
      'The recurrence is no rule that the server can follow.',
      'Send a rule of RFC 5545, as FREQ=WEEKLY;BYDAY=MO,TH.',
    ],
  },
} as const satisfies ProblemDescriptions
