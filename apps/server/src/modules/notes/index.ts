export { noteProblems } from './described-problems.ts'
export { readNames, readPeople } from './named.ts'
export {
  dropNotes,
  dropTrashedNotes,
  notePersonalData,
  noteVersionPersonalData,
  redactNode,
} from './personal-data.ts'
export { notesModule } from './routes.ts'
