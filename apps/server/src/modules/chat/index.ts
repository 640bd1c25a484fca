export { react, setPinned } from './change.ts'
export { openChannel } from './channels.ts'
export { channelDoor } from './deliver.ts'
export { chatProblems } from './described-problems.ts'
export { markRead } from './marks.ts'
export {
  chatPersonalData,
  chatTablesWithoutPersons,
  dropConversations,
  forgetWriter,
} from './personal-data.ts'
export { postMessage } from './post.ts'
export { readableChannels } from './reminders.ts'
export { chatModule } from './routes.ts'
