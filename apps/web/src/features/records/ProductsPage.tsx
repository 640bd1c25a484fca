import { productKind } from './productKind.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

export const ProductsPage = () => <RecordsPage kind={productKind} />
export const ProductPage = () => <RecordPage kind={productKind} />
