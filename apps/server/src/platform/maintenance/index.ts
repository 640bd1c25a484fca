export { createMaintenance, type Maintenance, type MaintenanceState } from './maintenance.ts'
export { readOperatorSettings, setLogLevel, setMaintenance } from './settings.ts'
