export { forgetDashboard } from './dashboards.ts'
export { dashboardsModule } from './routes.ts'
