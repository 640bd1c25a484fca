export { dashboardsModule } from './routes.ts'
