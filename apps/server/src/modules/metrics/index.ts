export { countMetrics, metricSeen, metricReach } from './metrics.ts'
