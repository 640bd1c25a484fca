export { importErrorPersonalData, importPersonalData } from './personal-data.ts'
export { importsModule } from './routes.ts'
