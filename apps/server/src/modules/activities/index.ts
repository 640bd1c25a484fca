export { activityPersonalData } from './personal-data.ts'
export { planActivities, type ActivityPage } from './timeline.ts'
export { writeActivities } from './write.ts'
