export {
  createRapport,
  RapportProblem,
  RapportUnreachable,
  type CallInput,
  type ClientOptions,
  type Rapport,
} from './client.ts'
