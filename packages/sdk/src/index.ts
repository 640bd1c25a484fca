export {
  createRapport,
  RapportProblem,
  RapportUnreachable,
  type CallInput,
  type ClientOptions,
  type Rapport,
} from './client.ts'
export {
  connectRealtime,
  type MaintenanceState,
  type Realtime,
  type RealtimeOptions,
  type RealtimeRefusal,
  type RealtimeState,
} from './realtime.ts'
