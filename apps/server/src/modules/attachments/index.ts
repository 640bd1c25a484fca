export { attachmentProblems } from './described-problems.ts'
export {
  attachmentPersonalData,
  attachmentVersionPersonalData,
  dropAttachments,
  dropTrashedAttachments,
  purgeFiles,
} from './personal-data.ts'
export { attachmentsModule } from './routes.ts'
