export { activityPersonalData } from './personal-data.ts'
export { planActivities, type ActivityPage } from './timeline.ts'
export { findUndoable, readChanges, takeUndoable, type Undoable } from './undoable.ts'
export { writeActivities } from './write.ts'
