export { activityColumns, planActivities, type ActivityPage } from './timeline.ts'
export { writeActivities, type NewActivityRow } from './write.ts'
