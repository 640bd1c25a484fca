export { attachmentProblems } from './described-problems.ts'
export {
  attachmentPersonalData,
  attachmentVersionPersonalData,
  dropAttachments,
  dropTrashedAttachments,
  purgeFiles,
} from './personal-data.ts'
export { holdFiles, type FilePlace } from './places.ts'
export { attachmentsModule } from './routes.ts'
