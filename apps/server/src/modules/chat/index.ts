export { channelDoor } from './deliver.ts'
export { chatProblems } from './described-problems.ts'
export { chatPersonalData, chatTablesWithoutPersons, dropConversations } from './personal-data.ts'
export { chatModule } from './routes.ts'
