export { products } from './definition.ts'
export { productProblems } from './described-problems.ts'
export { productsModule } from './routes.ts'
