export { channelDoor } from './deliver.ts'
export { chatProblems } from './described-problems.ts'
export {
  chatPersonalData,
  chatTablesWithoutPersons,
  dropConversations,
  forgetWriter,
} from './personal-data.ts'
export { readableChannels } from './reminders.ts'
export { chatModule } from './routes.ts'
