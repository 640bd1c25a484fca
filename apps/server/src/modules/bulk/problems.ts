import { conflict } from '../../platform/problems.ts'

export const jobOver = (state: string, current: unknown) =>
  conflict('job_over', `The job is ${state}; there is nothing to stop.`, { current })
export const jobRunning = (current: unknown) =>
  conflict('job_running', 'The job is not over yet. Stop it, or wait for its end.', { current })
export const jobUndone = (current: unknown) =>
  conflict('job_undone', 'The job was taken back already.', { current })
export const undoOver = (current: unknown) =>
  conflict('undo_over', 'This cannot be taken back any more.', { current })
