export { dropNotifications, forgetReader } from './personal-data.ts'
export { notificationsModule } from './routes.ts'
