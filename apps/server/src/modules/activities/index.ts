export { planActivities, type ActivityPage } from './timeline.ts'
export { writeActivities } from './write.ts'
