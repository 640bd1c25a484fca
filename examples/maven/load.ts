/** Loads the whole data set through the public API. Running it again changes nothing. */
import { loadCompanies } from './companies.ts'
import { loadDeals } from './deals.ts'
import { loadPeople } from './people.ts'
import { loadProducts } from './products.ts'

const [companies, products, people] = [await loadCompanies(), await loadProducts(), await loadPeople()]
await loadDeals({ companies, people, products })
