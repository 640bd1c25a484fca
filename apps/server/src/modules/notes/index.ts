export { noteProblems } from './described-problems.ts'
export { dropNotes, dropTrashedNotes, notePersonalData, noteVersionPersonalData } from './personal-data.ts'
export { notesModule } from './routes.ts'
