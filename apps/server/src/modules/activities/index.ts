export { activityPersonalData } from './personal-data.ts'
export { planActivities, type ActivityPage } from './timeline.ts'
export { findUndoable, isFollowedByOthers, readChanges, takeUndoable, type Undoable } from './undoable.ts'
export { writeActivities } from './write.ts'
