export { forgetStatus, noteSeen, presenceModule } from './presence.ts'
