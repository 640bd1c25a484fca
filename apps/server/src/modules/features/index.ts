export { featuresModule } from './routes.ts'
