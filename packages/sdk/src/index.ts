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
  type Following,
  type MaintenanceState,
  type PersonChange,
  type PresentPerson,
  type Realtime,
  type RealtimeOptions,
  type RealtimeRefusal,
  type RealtimeState,
  type RecordPresence,
  type Typing,
  type View,
} from './realtime.ts'
